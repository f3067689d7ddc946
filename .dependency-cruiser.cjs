// Who may import whom. `e2e/gates/import-direction.test.ts` proves that each rule catches what it is there for.
const LIB_ROOMS =
  'assist|banks|config|email-hint|i18n|lifecycle|observability|onboarding|operator|partner-link|phones|places|security|session|store|upstream|vault';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'domain-stands-alone',
      comment: 'Rules know zod and each other: no framework, no clock, no network, no other room.',
      severity: 'error',
      from: { path: '^lib/domain/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^lib/domain/', '(^|/)node_modules/zod/'] },
    },
    {
      name: 'lib-below-components-and-app',
      severity: 'error',
      from: { path: '^lib/' },
      to: { path: '^(app|components)/' },
    },
    {
      name: 'components-below-app',
      comment: 'Actions reach components as props.',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: '^app/' },
    },
    {
      name: 'components-know-no-server-room',
      comment: 'Types vanish; code of these rooms must never reach a browser.',
      severity: 'error',
      from: { path: '^components/' },
      to: {
        path: '^lib/(assist|config|lifecycle|observability|onboarding|operator|partner-link|security|session|store|upstream)/',
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'use-cases-get-their-tools',
      comment: 'A use case takes its collaborators as arguments and knows only their types.',
      severity: 'error',
      from: { path: '^lib/onboarding/', pathNot: '\\.test\\.ts$' },
      to: { path: `^lib/(${LIB_ROOMS})/`, pathNot: '^lib/onboarding/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'product-never-imports-e2e',
      severity: 'error',
      from: { path: '^(app|components|lib|public)/|^[^/]+\\.ts$', pathNot: '\\.(config|test)\\.ts$' },
      to: { path: '^e2e/' },
    },
    {
      name: 'sandbox-is-a-stranger',
      comment: 'The stand-ins read the vendors’ documents on their own. Shared code would share its misreadings.',
      severity: 'error',
      from: { path: '^e2e/sandbox/', pathNot: '\\.test\\.ts$' },
      // The identity provider is a certified one that others wrote, and nothing of the product's is built on it.
      to: {
        pathNot: ['^e2e/sandbox/', '^node:', '(^|/)node_modules/(@types/)?oidc-provider/'],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'browser-tests-know-words-only',
      comment: 'A browser test that imports the product’s code tests the product with itself. Types vanish.',
      severity: 'error',
      // The simulation is no browser test, nor is a load of the store: they run the product's use cases and its store.
      from: { path: '^e2e/', pathNot: '^e2e/(sandbox|simulation|store-load)/' },
      to: { path: '^(app|components|lib)/', pathNot: '^lib/i18n/messages/', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(\\.next|\\.ci|node_modules/\\.)' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};

// Import direction. `e2e/repo-checks/import-direction.test.ts` shows that each rule reports what it is for.

/** Folders of `lib`, of `components` and of `e2e`. A folder imports only folders that stand before it, so no cycle of folders can come about. */
const ORDER = {
  lib: [
    'inline-script',
    'crypto',
    'domain',
    'reference-data',
    'i18n',
    'config',
    'observability',
    'http',
    'upstream',
    'integrations',
    'partner-link',
    'wallet-id',
    'webhooks',
    'store',
    'rate-limits',
    'auth',
    'use-cases',
    'server',
    'cli',
  ],
  components: [
    'i18n',
    'ui',
    'form',
    'layout',
    'address',
    'card',
    'steps',
    'document',
    'review',
    'pages',
    'console',
    'preview',
  ],
  e2e: [
    'sandbox',
    'support',
    'simulation',
    'scan',
    'bench',
    'resilience',
    'load',
    'image',
    'browsers',
    'scripts',
    'specs',
    'repo-checks',
  ],
};

/** Code of these folders runs on the server alone. */
const SERVER_FOLDERS =
  'auth|cli|config|crypto|http|observability|partner-link|rate-limits|server|store|upstream|use-cases|wallet-id|webhooks';

const orderRules = Object.entries(ORDER).flatMap(([parent, folders]) =>
  folders.slice(0, -1).map((folder, index) => ({
    name: `${parent}-${folder}-imports-no-later-folder`,
    severity: 'error',
    from: { path: `^${parent}/${folder}/`, pathNot: '\\.test\\.ts$' },
    to: { path: `^${parent}/(${folders.slice(index + 1).join('|')})/` },
  })),
);

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    ...orderRules,
    ...Object.entries(ORDER).map(([parent, folders]) => ({
      name: `${parent}-has-listed-folders-only`,
      comment: 'A new folder takes its place in the order above.',
      severity: 'error',
      from: {},
      to: { path: `^${parent}/`, pathNot: `^${parent}/(${folders.join('|')})/` },
    })),
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'domain-is-pure',
      comment: 'Rules import zod and each other: no framework, no clock, no network.',
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
      name: 'components-import-no-server-code',
      comment: 'Types are erased; code of these folders must never reach a browser.',
      severity: 'error',
      from: { path: '^components/' },
      to: { path: `^lib/(${SERVER_FOLDERS})/`, dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'submission-takes-its-collaborators',
      comment: 'The simulation passes its own clock, network and store, so these use cases import types alone.',
      severity: 'error',
      from: { path: '^lib/use-cases/submission/', pathNot: '\\.test\\.ts$' },
      to: { path: '^lib/', pathNot: '^lib/(domain|use-cases/submission)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'product-never-imports-e2e',
      severity: 'error',
      from: { path: '^(app|components|lib|public)/|^[^/]+\\.ts$', pathNot: '\\.(config|test)\\.ts$' },
      to: { path: '^e2e/' },
    },
    {
      name: 'packages-stand-alone',
      comment: 'A partner installs them without this repository, on runtimes without Node’s modules.',
      severity: 'error',
      from: { path: '^packages/partner/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: ['^packages/partner/', '(^|/)node_modules/jose/'] },
    },
    {
      name: 'testing-packs-sandbox-and-support',
      comment: 'What it imports is compiled into it. Packages that it needs are in its manifest.',
      severity: 'error',
      from: { path: '^packages/testing/', pathNot: '\\.test\\.ts$' },
      to: {
        pathNot: ['^packages/testing/', '^e2e/(sandbox|support)/', '^node:', '(^|/)node_modules/@playwright/test/'],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'product-and-tests-import-no-packages',
      severity: 'error',
      from: { path: '^(app|components|lib|e2e)/' },
      to: { path: '^packages/' },
    },
    {
      name: 'sandbox-is-separate',
      comment: 'The stand-ins read the vendors’ documents on their own. Shared code would share its misreadings.',
      severity: 'error',
      from: { path: '^e2e/sandbox/', pathNot: '\\.test\\.ts$' },
      // The identity provider and the verifier of webhooks are the standards' libraries, and the product does not use them.
      to: {
        pathNot: ['^e2e/sandbox/', '^node:', '(^|/)node_modules/((@types/)?oidc-provider|standardwebhooks)/'],
        dependencyTypesNot: ['core'],
      },
    },
    {
      name: 'specs-import-no-load-tests',
      severity: 'error',
      from: { path: '^e2e/specs/' },
      to: { path: '^e2e/(load|bench|image|browsers)/' },
    },
    {
      name: 'browser-tests-import-messages-only',
      comment: 'A browser test that imports the product’s code tests the product with itself. Types are erased.',
      severity: 'error',
      // The simulation, the load on the store and the seed script run the product's use cases and its store; repository checks
      // read its tables.
      from: {
        path: '^e2e/',
        pathNot: '^e2e/(sandbox|simulation|scan|load|repo-checks|support/key-rotation/seed-rows)',
      },
      to: { path: '^(app|components|lib)/', pathNot: '^lib/i18n/messages/', dependencyTypesNot: ['type-only'] },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^packages/[^/]+/(dist|released)/|(^|/)\\.next/|^\\.ci/|^node_modules/\\.' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};

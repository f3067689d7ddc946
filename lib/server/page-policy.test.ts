import { beforeEach, expect, test, vi } from 'vitest';

const defaults = {
  APP_ENV: 'live',
  RAAS_LINK_HOSTS: ['links.example'],
  OIDC_ISSUER: 'https://login.example/realm',
  GOOGLE_MAPS_API_KEY: 'key',
  VGS_VAULT_ID: 'tnt',
  VGS_ENVIRONMENT: 'live',
  VGS_COLLECT_VERSION: '3.2.2',
};
const env = vi.hoisted(() => ({ current: {} as Record<string, unknown> }));
vi.mock('../config/env.ts', () => ({ getEnv: () => env.current }));

const VAULT = 'https://js.verygoodvault.com';
const GOOGLE = 'https://*.googleapis.com';
const CASE = '/en/assist/cases/0190a7c2-0000-7000-8000-000000000000';

/** The module keeps the policy of each kind of page. */
let getPagePolicy: typeof import('./page-policy.ts')['getPagePolicy'];
let listScriptHosts: typeof import('./page-policy.ts')['listScriptHosts'];
beforeEach(async () => {
  env.current = { ...defaults };
  vi.resetModules();
  ({ getPagePolicy, listScriptHosts } = await import('./page-policy.ts'));
});

const getDirective = (path: string, name: string) =>
  getPagePolicy(path, 'n', false)
    .split('; ')
    .find((directive) => directive.startsWith(`${name} `));

test('only the address page may talk to Google, for customers and at the console', () => {
  for (const path of ['/en/onboarding/address', '/es/onboarding/address/', `${CASE}/address`])
    expect(getDirective(path, 'connect-src')).toBe(`connect-src 'self' ${GOOGLE}`);
  for (const path of ['/en', '/en/onboarding/identity', `${CASE}/identity`, '/en/onboarding/address/typed'])
    expect(getDirective(path, 'connect-src')).toBe("connect-src 'self'");
});

test('only the card page may talk to the vault and frame it', () => {
  expect(getDirective('/en/onboarding/card', 'frame-src')).toContain(VAULT);
  expect(getDirective('/en/onboarding/card', 'connect-src')).toContain(VAULT);
  for (const path of ['/en/onboarding/payment', '/en/onboarding/card/x', '/en/onboarding/address'])
    expect(getDirective(path, 'frame-src')).toBe("frame-src 'none'");
});

test('a customer’s form may lead to the links’ hosts by https alone, the console’s form to the identity provider', () => {
  expect(getDirective('/en/onboarding/review', 'form-action')).toBe("form-action 'self' https://links.example");
  expect(getDirective(`${CASE}/identity`, 'form-action')).toBe("form-action 'self' https://login.example");
});

test('locally, a link may be one by http', () => {
  env.current = { ...defaults, APP_ENV: 'local' };
  expect(getDirective('/en', 'form-action')).toBe("form-action 'self' https://links.example http://links.example");
});

test('the preview may frame our pages, and does not exist in live', () => {
  expect(getDirective('/en/preview', 'frame-src')).toBe("frame-src 'none'");
  env.current = { ...defaults, APP_ENV: 'sandbox' };
  expect(getDirective('/en/preview', 'frame-src')).toBe(`frame-src 'self' ${VAULT} https://js3.verygoodvault.com`);
});

test('each answer has its own nonce, also when the policy is known', () => {
  expect(getPagePolicy('/en', 'first', false)).toContain("'nonce-first'");
  expect(getPagePolicy('/en', 'second', false)).toContain("'nonce-second'");
  expect(getPagePolicy('/en', 'second', false)).not.toContain('first');
});

test('without vendors there are no vendors’ hosts', () => {
  env.current = { APP_ENV: 'live', RAAS_LINK_HOSTS: ['links.example'] };
  expect(getDirective('/en/onboarding/address', 'connect-src')).toBe("connect-src 'self'");
  expect(getDirective(`${CASE}/identity`, 'form-action')).toBe("form-action 'self'");
  expect(listScriptHosts()).toEqual([]);
});

test('in a partner’s frame, the listed pages alone may frame the page, and no form leads to a session link', () => {
  env.current = { ...defaults, EMBED_ORIGINS: ['https://www.partner.example', 'https://app.partner.example'] };
  for (const path of ['/en/onboarding/payment', '/en/onboarding/address', '/en/onboarding/card']) {
    const directives = getPagePolicy(path, 'n', true).split('; ');
    expect(directives).toContain('frame-ancestors https://www.partner.example https://app.partner.example');
    expect(directives).toContain("form-action 'self'");
    // Vendors, scripts and reports are those of the same page in the whole window.
    const isCommon = (directive: string) => !/^(frame-ancestors|form-action) /.test(directive);
    expect(directives.filter(isCommon)).toEqual(getPagePolicy(path, 'n', false).split('; ').filter(isCommon));
  }
  expect(getDirective('/en', 'frame-ancestors')).toBe("frame-ancestors 'none'");
});

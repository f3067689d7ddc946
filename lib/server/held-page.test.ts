import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { startHttpServer } from '../../e2e/support/http-server.ts';
import { deliverHeldPage } from './held-page.ts';

const { logged } = vi.hoisted(() => ({ logged: [] as unknown[] }));
vi.mock('../observability/logger.ts', () => ({ log: (event: unknown) => void logged.push(event) }));
const APP_ORIGIN = 'https://start.example';
vi.mock('../config/env.ts', () => ({
  getEnv: () => ({ APP_ORIGIN: 'https://start.example', EMBED_ORIGINS: ['https://www.partner.example'] }),
}));
vi.mock('./page-policy.ts', () => ({ CARD_PAGE: /card$/ }));
vi.mock('./inline-styles.ts', () => ({
  inlineStyles: (html: string, nonce: string) => `${html}<style nonce="${nonce}">`,
}));

const PAGE = '<head></head><script src="/_next/static/chunks/webpack-1.js" id="_R_" async=""></script>';
const { server, origin } = await startHttpServer((request, response) => {
  const path = String(request.url);
  deliverHeldPage(request, response, path, 'n');
  const html = path.startsWith('/es') ? PAGE.replace('_R_', '_S_') : PAGE;
  response.setHeader('content-type', 'text/html').end(`${html}${request.headers['accept-encoding']}`);
});
afterAll(() => server.close());
beforeEach(() => void logged.splice(0));

const get = async (path: string, init?: RequestInit) => (await fetch(origin + path, init)).text();

test.each([
  '/en',
  '/en/',
  '/en/onboarding/identity',
  '/en/onboarding/address',
  '/en/onboarding/payment',
  '/en/onboarding/review',
])('%s waits for a touch, and Next.js does not compress it', async (path) => {
  expect(await get(path)).toMatch(/\("touch"\)<\/script><\/head>.*data-hold.*undefined<style nonce="n">$/s);
});

test('a page that a script reads stays as Next.js writes it', async () => {
  expect(await get('/en', { headers: { 'sec-fetch-dest': 'document' } })).toContain('data-hold');
  expect(await get('/en', { headers: { 'sec-fetch-dest': 'empty' } })).not.toContain('data-hold');
});

test('the card page waits for its load alone', async () => {
  expect(await get('/en/onboarding/card')).toContain('("load")</script></head>');
});

test.each([
  ['the page of the result', '/en/onboarding/outcome', {}],
  ['a page of the console', '/en/assist/cases/1/address', {}],
  ['the answer to a post', '/en/onboarding/identity', { method: 'POST' }],
  ['data for a script', '/en/onboarding/identity', { headers: { rsc: '1' } }],
])('%s is as Next.js wrote it', async (_, path, init) => {
  expect(await get(path, init)).toMatch(/^<head><\/head><script src=.*(gzip|deflate)/s);
});

test('a page with scripts in an unknown form is sent with its styles, and logged once', async () => {
  for (let visits = 2; visits > 0; visits -= 1)
    expect(await get('/es')).toMatch(/^<head><\/head><script src=.*<style nonce="n">$/s);
  expect(logged).toEqual([{ event: 'scripts.unknown' }]);
});

describe('in a partner’s frame', () => {
  const headers = { 'x-framed': '1' };

  test.each([
    ['a page that waits for a touch', '/en/onboarding/identity', {}],
    ['the page of the result', '/en/onboarding/outcome', {}],
    ['the answer to a post', '/en/onboarding/identity', { method: 'POST' }],
  ])('%s also gets the script that reports to the partner’s page', async (_, path, init) => {
    const page = await get(path, { ...init, headers });
    expect(page).toContain('<script nonce="n" data-parents="https://www.partner.example">');
  });

  // The partner's page waits for `ready` of the journey, which an error page in place of the journey does not send.
  test.each([
    ['GET', {}],
    ['HEAD', {}],
    ['POST', {}],
    ['POST', { origin: 'https://www.partner.example', 'sec-fetch-site': 'cross-site' }],
    ['POST', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['POST', { origin: APP_ORIGIN, 'sec-fetch-site': 'cross-site' }],
  ])('the page that only posts the token again does not get it: %s %j', async (method, ownHeaders) => {
    const response = await fetch(`${origin}/partner`, { method, headers: { ...headers, ...ownHeaders } });
    expect(response.status).toBe(200);
    expect(await response.text()).not.toContain('data-parents');
  });

  test('the question that answers the post of that page gets it', async () => {
    const ownHeaders = { origin: APP_ORIGIN, 'sec-fetch-site': 'same-origin' };
    const page = await get('/partner', { method: 'POST', headers: { ...headers, ...ownHeaders } });
    expect(page).toContain('data-parents="https://www.partner.example"');
  });

  test('data for a script, and any page of the whole window, do not get it', async () => {
    expect(await get('/en/onboarding/identity', { headers: { ...headers, rsc: '1' } })).not.toContain('data-parents');
    expect(await get('/en/onboarding/identity')).not.toContain('data-parents');
  });
});

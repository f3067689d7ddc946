import { expect, test, vi } from 'vitest';
import { renderTokenRelayPage } from './token-relay-page.ts';

vi.mock('../config/brand/brand.ts', () => ({ getBrand: () => ({ name: HOSTILE }) }));
vi.mock('../config/translations/get-brand-messages.ts', () => ({
  getBrandMessages: () => ({
    partner: { carrier: { title: HOSTILE, action: HOSTILE, typeCode: HOSTILE, start: HOSTILE } },
  }),
}));

const HOSTILE = '"><form action=https://evil.test>';
const request = new Request('https://start.example/partner', {
  headers: { 'accept-language': 'en', 'content-security-policy': "script-src 'nonce-a+b/c=='" },
});

test('markup in the brand’s name, in a text or in a token stays text', async () => {
  const text = await renderTokenRelayPage(request, { target: '/partner', token: HOSTILE }).text();
  expect(text).not.toContain('evil.test>');
  expect(text.match(/<form/g)).toHaveLength(1);
  expect(text).toContain('value="&#34;&#62;&#60;form action=https://evil.test&#62;"');
});

test('the script of the page runs by the nonce of the request’s policy', async () => {
  const text = await renderTokenRelayPage(request, { target: '/partner', token: '' }).text();
  expect(text).toContain('<script nonce="a+b/c==">const f=');
  expect(text).toContain('<style nonce="a+b/c==">');
});

test('the token and a stamp of no draft are posted to the target', async () => {
  const text = await renderTokenRelayPage(request, { target: '/continue', token: 'abc' }).text();
  expect(text).toContain('<form method="post" action="/continue">');
  expect(text).toContain('name="token" value="abc"');
  expect(text).toContain('name="stamp" value="-.-"');
});

test.each([
  ['/continue', '/en/continue'],
  ['/partner', '/en'],
] as const)('a customer who typed %s gets to %s, with script and by a link', async (target, path) => {
  const text = await renderTokenRelayPage(request, { target, token: '' }).text();
  expect(text.match(/<a href="([^"]*)"/g)).toEqual([`<a href="${path}"`]);
  expect(text).toContain('location.replace(document.links[0].href)');
});

test('the language of the partner’s page is that of the page, and goes on with the token', async () => {
  const text = await renderTokenRelayPage(request, { target: '/partner', token: '', lang: 'es' }).text();
  expect(text).toContain('<html lang="es">');
  expect(text).toContain('<form method="post" action="/partner?lang=es">');
});

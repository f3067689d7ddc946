import { expect, test, vi } from 'vitest';
import { html } from './html.ts';
import { renderStandalonePage } from './standalone-page.ts';

const HOSTILE = '"><form action=https://evil.test>';
vi.mock('../config/brand/brand.ts', () => ({ getBrand: () => ({ name: HOSTILE }) }));

const createRequest = (policy?: string) =>
  new Request('https://start.example/partner', { headers: policy ? { 'content-security-policy': policy } : {} });

test('a page without a script has none, and markup in a text stays text', async () => {
  const response = renderStandalonePage(createRequest(), { locale: 'en', body: html`<p>${HOSTILE}</p>` });
  const text = await response.text();
  expect(text).toContain('<html lang="en">');
  expect(text).not.toContain('<script');
  expect(text).not.toContain('<form');
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8');
});

test('a button has a border, which forced colours show in place of its background', async () => {
  const text = await renderStandalonePage(createRequest(), { locale: 'en', body: html`<button></button>` }).text();
  expect(/[}>]button\{([^}]*)\}/.exec(text)?.[1]).toContain('border:1px solid transparent');
});

test('the style and the script have the nonce of the policy, and an empty one without a policy', async () => {
  const page = { locale: 'es', body: html`<p></p>`, script: html`start()` } as const;
  const text = await renderStandalonePage(createRequest("style-src 'nonce-a+b='"), page).text();
  expect(text.match(/nonce="a\+b="/g)).toHaveLength(2);
  expect(await renderStandalonePage(createRequest(), page).text()).toContain('<script nonce="">');
});

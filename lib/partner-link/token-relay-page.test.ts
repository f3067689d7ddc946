import { expect, test, vi } from 'vitest';
import { html } from '../http/html.ts';
import { renderStandalonePage, renderTokenRelayPage } from './token-relay-page.ts';

vi.mock('../config/translations/get-brand-messages.ts', () => ({
  getBrandMessages: () => ({ partner: { carrier: { title: HOSTILE, action: HOSTILE } } }),
}));

const HOSTILE = '"><form action=https://evil.test>';
const shared = { locale: 'en', brandName: HOSTILE, stamp: 'a.-.-', policy: `script-src 'nonce-a+b/c=='` } as const;

test('a brand’s word, its name or a token that is markup stays text on the page that carries a token', async () => {
  const text = await renderTokenRelayPage({ ...shared, action: '/partner', token: HOSTILE }).text();
  expect(text).not.toContain('evil.test>');
  expect(text.match(/<form/g)).toHaveLength(1);
  expect(text).toContain('value="&#34;&#62;&#60;form action=https://evil.test&#62;"');
  expect(text).toContain('<script nonce="a+b/c==">const f=');
});

test('a page without script has no script', async () => {
  const text = await renderStandalonePage({ ...shared, body: html`<p>${HOSTILE}</p>` }).text();
  expect(text).not.toContain('<script');
  expect(text).not.toContain('<form');
});

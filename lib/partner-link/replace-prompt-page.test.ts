import { expect, test, vi } from 'vitest';
import { renderReplacePrompt } from './replace-prompt-page.ts';

const HOSTILE = '"><form action=https://evil.test>';
vi.mock('../config/brand/brand.ts', () => ({ getBrand: () => ({ name: HOSTILE }) }));
vi.mock('../config/translations/get-brand-messages.ts', () => ({
  getBrandMessages: () => ({ partner: { replace: { title: 't', text: '{brand}', lost: 'l', keep: 'k', start: 's' } } }),
}));

const prompt = {
  locale: 'es',
  target: '/partner',
  token: HOSTILE,
  stamp: 'dabc.-',
  keepPath: '/es/onboarding/address',
} as const;
const render = () => renderReplacePrompt(new Request('https://start.example/partner'), prompt).text();

test('the customer keeps the application by a link to its page, or confirms the new one by a post with its stamp', async () => {
  const text = await render();
  expect(text).toContain('<form action="/es/onboarding/address">');
  expect(text).toContain('<form method="post" action="/partner?lang=es">');
  expect(text).toContain('name="replace" value="yes"');
  expect(text).toContain('name="stamp" value="dabc.-"');
});

test('the token is only in the form’s body, and markup in it stays text', async () => {
  const text = await render();
  expect(text.match(/<form/g)).toHaveLength(2);
  expect(text).toContain('name="token" value="&#34;&#62;');
});

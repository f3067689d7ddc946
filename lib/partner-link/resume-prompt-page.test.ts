import { expect, test, vi } from 'vitest';
import { renderResumeGone, renderResumePrompt } from './resume-prompt-page.ts';

const HOSTILE = '"><form action=https://evil.test>';
vi.mock('../config/brand/brand.ts', () => ({ getBrand: () => ({ name: HOSTILE }) }));
vi.mock('../config/translations/get-brand-messages.ts', async () => {
  const { default: messages } = await import('../i18n/messages/en.json', { with: { type: 'json' } });
  return { getBrandMessages: () => messages };
});

const request = new Request('https://start.example/resume');
const prompt = {
  locale: 'en',
  token: HOSTILE,
  stamp: 'a.-',
  hasOther: false,
  input: { day: HOSTILE, month: '6', year: '1987' },
  error: undefined,
} as const;
const render = (changes: Partial<Parameters<typeof renderResumePrompt>[1]> = {}) =>
  renderResumePrompt(request, { ...prompt, ...changes }).text();

test('the date is asked in three named fields, with the token in the form’s body', async () => {
  const text = await render();
  expect(text).toContain('<form method="post" action="/resume">');
  for (const [name, complete] of [
    ['day', 'bday-day'],
    ['month', 'bday-month'],
    ['year', 'bday-year'],
  ])
    expect(text).toMatch(new RegExp(`<label>\\w+<input name="${name}" [^>]*autocomplete="${complete}"`));
  expect(text).toContain('aria-invalid="false"');
  expect(text).not.toContain('role="alert"');
});

test('markup in the token, the date and the brand stays text', async () => {
  const pages = [await render(), await renderResumeGone(request, 'en').text()];
  expect(pages[0]?.match(/<form/g)).toHaveLength(1);
  expect(pages[1]?.match(/<form/g)).toBeNull();
});

test('an error is announced, tied to its fields, and keeps the date', async () => {
  const text = await render({ error: 'errors.dob.day' });
  expect(text).toContain('<p id="problem" class="problem" role="alert">Enter the day as a number from 1 to 31</p>');
  expect(text.match(/aria-describedby="problem hint" aria-invalid="true"/g)).toHaveLength(3);
  expect(text).toContain('value="1987"');
});

test('a device with another application is told', async () => {
  expect(await render({ hasOther: true })).toContain('You cannot get back to that one here.');
  expect(await render()).not.toContain('You cannot get back to that one here.');
});

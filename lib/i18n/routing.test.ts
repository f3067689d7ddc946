import { expect, test } from 'vitest';
import { getPreferredLocale } from './routing.ts';

test.each([
  ['en;q=0.3, es;q=0.9', 'es'],
  ['es;q=0.3,en;q=0.9', 'en'],
  ['fr, en-US;q=0.8, es-MX;q=0.7', 'en'],
  ['EN-us', 'en'],
  ['es;q=0, en;q=0.1', 'en'],
  ['en;q=0', 'es'],
  ['en;q=nonsense, es;q=0.1', 'es'],
  ['en, es', 'en'],
  ['eng', 'es'],
  ['*', 'es'],
  ['', 'es'],
  [null, 'es'],
])('of %j %s is liked best', (header, locale) => {
  expect(getPreferredLocale(header)).toBe(locale);
});

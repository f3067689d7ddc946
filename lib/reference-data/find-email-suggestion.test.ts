import { expect, test } from 'vitest';
import { findEmailSuggestion } from './find-email-suggestion.ts';

test.each([
  ['ana@gmial.com', 'ana@gmail.com'],
  ['ana@gmai.com', 'ana@gmail.com'],
  ['ana@hotmial.com', 'ana@hotmail.com'],
  ['ana@yaho.com.mx', 'ana@yahoo.com.mx'],
  ['ana@outlok.com', 'ana@outlook.com'],
  ['ana@gmail.con', 'ana@gmail.com'],
  ['ana@prodigi.net.mx', 'ana@prodigy.net.mx'],
])('%s may be %s', (typed, meant) => {
  expect(findEmailSuggestion(typed)).toBe(meant);
});

test.each([
  'ana@gmail.com',
  'ana@live.com.mx',
  'ana@prodigy.net.mx',
  'ana@empresa.com.mx',
  'ana@unam.mx',
  'ana@icloud.com',
  'ariel+fielContigo@leapfinancial.com',
  'ana@sat.gob.mx',
  'ana@mail.example.org',
  'ana@',
  '',
  'ana',
])('%s is left alone', (typed) => {
  expect(findEmailSuggestion(typed)).toBeUndefined();
});

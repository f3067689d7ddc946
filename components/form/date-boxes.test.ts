import { expect, test } from 'vitest';
import { isCompletePart } from './date-boxes';

test.each([
  ['day', '24', true],
  ['day', '4', true],
  ['day', '3', false],
  ['day', '', false],
  ['day', 'x4', false],
  ['month', '6', true],
  ['month', '1', false],
  ['month', '12', true],
  ['month', 'ju', false],
  ['year', '1987', false],
] as const)('the %s %s is complete: %s', (part, text, isComplete) => {
  expect(isCompletePart(part, text)).toBe(isComplete);
});

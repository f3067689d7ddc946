import { expect, test } from 'vitest';
import { freshBytes } from './random.ts';

test('no bytes are given twice, and what was given stays as it was', () => {
  const given = Array.from({ length: 5_000 }, () => freshBytes(12));
  expect(given.every(({ length }) => length === 12)).toBe(true);
  expect(new Set(given.map((bytes) => bytes.toString('hex'))).size).toBe(given.length);
});

import { expect, test } from 'vitest';
import { pooledRandomBytes } from './random.ts';

test('no bytes are given twice, and what was given stays as it was', () => {
  const chunks = Array.from({ length: 5_000 }, () => pooledRandomBytes(12));
  expect(chunks.every(({ length }) => length === 12)).toBe(true);
  expect(new Set(chunks.map((bytes) => bytes.toString('hex'))).size).toBe(chunks.length);
});

import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { findBytes } from './find-bytes.ts';

const secret = randomBytes(3_000);
const around = (part: Buffer | string) => Buffer.concat([randomBytes(101), Buffer.from(part), randomBytes(57)]);

test('a part of 63 bytes is found, wherever it begins', () => {
  for (const start of [0, 1, 31, 32, 500, 2_937])
    expect(findBytes([secret], [['log', around(secret.subarray(start, start + 63))]])).toHaveLength(1);
});

test('a part in base64 is found at each alignment, in both alphabets', () => {
  for (const encoding of ['base64', 'base64url'] as const)
    for (const start of [0, 1, 2]) {
      const text = secret.subarray(start, start + 600).toString(encoding);
      expect(findBytes([secret], [['log', around(text)]]).length, `${encoding} ${start}`).toBeGreaterThan(0);
    }
});

test('other bytes, and an even surface, are no hits', () => {
  expect(findBytes([secret], [['log', randomBytes(100_000)]])).toEqual([]);
  expect(findBytes([Buffer.alloc(200, 255)], [['log', Buffer.alloc(500, 255)]])).toEqual([]);
});

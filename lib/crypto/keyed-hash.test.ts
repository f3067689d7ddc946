import { expect, test } from 'vitest';
import { createDataKey, createKeys } from './encryption.ts';
import { computeKeyedHash } from './keyed-hash.ts';

const oldest = createDataKey('1', Buffer.alloc(32, 1));
const newer = createDataKey('n', Buffer.alloc(32, 9));
/** The hash of this phone in databases from before there was a separate hash key, made by the oldest data key. */
const STORED_HASH = 'NRZdJ2_SzwdMbMzHKrKNzGRFqIq_5ewt-4IB4uXEcVA';

test.each([
  ['the only data key', createKeys([oldest])],
  ['a hash key with the bytes of the oldest data key, in a rotation', createKeys([newer, oldest], oldest)],
  ['the same after the rotation', createKeys([newer], createDataKey('other', Buffer.alloc(32, 1)))],
])('hashes that a database holds already still match under %s', (_name, keys) => {
  expect(computeKeyedHash('+525512345678', 'phone', keys)).toBe(STORED_HASH);
});

test('equal values of different kinds and under different keys have different hashes', () => {
  expect(computeKeyedHash('+525512345678', 'case', createKeys([oldest]))).not.toBe(STORED_HASH);
  expect(computeKeyedHash('+525512345678', 'phone', createKeys([oldest], newer))).not.toBe(STORED_HASH);
});

import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createDataKey, createKeys, decrypt, encrypt } from './encryption.ts';

const key = (id: string) => createDataKey(id, randomBytes(32));
const old = key('old');
const oldOnly = createKeys([old]);

test('opens what was sealed, under the label it was sealed for', () => {
  const value = encrypt('María ñ 😀', 'draft:1', oldOnly);
  expect(decrypt(value, 'draft:1', oldOnly)).toBe('María ñ 😀');
  expect(value).not.toContain('Mar');
  expect(() => decrypt(value, 'draft:2', oldOnly)).toThrow();
});

test('refuses a changed bit, a cut end and a key that is not there', () => {
  const value = encrypt('text', 'a', oldOnly);
  const bytes = Buffer.from(value.split('.')[1] ?? '', 'base64url');
  for (let index = 0; index < bytes.length; index += 1) {
    const changed = Buffer.from(bytes);
    changed[index] = (changed[index] ?? 0) ^ 1;
    expect(() => decrypt(`old.${changed.toString('base64url')}`, 'a', oldOnly)).toThrow();
  }
  expect(() => decrypt(value.slice(0, -8), 'a', oldOnly)).toThrow();
  expect(() => decrypt('old.', 'a', oldOnly)).toThrow();
  expect(() => decrypt(value, 'a', createKeys([key('new')]))).toThrow();
});

test('after a rotation the new key encrypts and the old one still decrypts', () => {
  const oldValue = encrypt('text', 'a', oldOnly);
  const keys = createKeys([key('new'), old]);
  expect(decrypt(oldValue, 'a', keys)).toBe('text');
  expect(encrypt('text', 'a', keys)).toMatch(/^new\./);
});

test('the same text never looks the same twice', () => {
  expect(encrypt('text', 'a', oldOnly)).not.toBe(encrypt('text', 'a', oldOnly));
});

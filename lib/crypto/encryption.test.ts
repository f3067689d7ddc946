import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createKeys, dataKey, seal, unseal } from './encryption.ts';

const key = (id: string) => dataKey(id, randomBytes(32));
const old = key('old');
const oldOnly = createKeys([old]);

test('opens what was sealed, under the label it was sealed for', () => {
  const sealed = seal('María ñ 😀', 'draft:1', oldOnly);
  expect(unseal(sealed, 'draft:1', oldOnly)).toBe('María ñ 😀');
  expect(sealed).not.toContain('Mar');
  expect(() => unseal(sealed, 'draft:2', oldOnly)).toThrow();
});

test('refuses a changed bit, a cut end and a key that is not there', () => {
  const sealed = seal('text', 'a', oldOnly);
  const bytes = Buffer.from(sealed.split('.')[1] ?? '', 'base64url');
  for (let at = 0; at < bytes.length; at += 1) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(() => unseal(`old.${changed.toString('base64url')}`, 'a', oldOnly)).toThrow();
  }
  expect(() => unseal(sealed.slice(0, -8), 'a', oldOnly)).toThrow();
  expect(() => unseal('old.', 'a', oldOnly)).toThrow();
  expect(() => unseal(sealed, 'a', createKeys([key('new')]))).toThrow();
});

test('after a rotation the new key seals and the old one still opens', () => {
  const before = seal('text', 'a', oldOnly);
  const keys = createKeys([key('new'), old]);
  expect(unseal(before, 'a', keys)).toBe('text');
  expect(seal('text', 'a', keys)).toMatch(/^new\./);
});

test('the same text never looks the same twice', () => {
  expect(seal('text', 'a', oldOnly)).not.toBe(seal('text', 'a', oldOnly));
});

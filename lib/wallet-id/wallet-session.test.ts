import { expect, test } from 'vitest';
import { createDataKey, createKeys } from '../crypto/encryption.ts';
import { createWalletSession, getNonceId, openWalletSession } from './wallet-session.ts';

const keys = createKeys([createDataKey('1', Buffer.alloc(32, 1))]);
const now = new Date('2026-11-28T12:00:00Z');
const later = (ms: number) => new Date(now.getTime() + ms);
const open = (sealed: string | undefined, more = {}) =>
  openWalletSession(sealed, { subject: 'draft-1', keys, now, ...more });

test('a session belongs to its draft for five minutes', () => {
  const { nonce, sealed } = createWalletSession('draft-1', keys, now);
  expect(open(sealed)).toMatchObject({ nonce });
  expect(open(sealed, { now: later(299_999) })).toMatchObject({ nonce });
  expect(open(sealed, { now: later(300_000) })).toBeUndefined();
  expect(open(sealed, { subject: 'draft-2' })).toBeUndefined();
  expect(open(sealed, { keys: createKeys([createDataKey('1', Buffer.alloc(32, 2))]) })).toBeUndefined();
});

test('the browser cannot read, make or change one', () => {
  const { nonce, sealed } = createWalletSession('draft-1', keys, now);
  expect(Buffer.from(sealed.split('.')[1] ?? '', 'base64url').includes(nonce)).toBe(false);
  for (const forged of [
    undefined,
    '',
    nonce,
    `${sealed}A`,
    sealed.slice(0, -2),
    `1.${Buffer.from('{}').toString('base64url')}`,
  ])
    expect(open(forged)).toBeUndefined();
});

test('nonces are random, have 256 bits, and ids that do not show them', () => {
  const nonces = Array.from({ length: 100 }, () => createWalletSession('draft-1', keys, now).nonce);
  expect(new Set(nonces).size).toBe(100);
  expect(Buffer.from(nonces[0] ?? '', 'base64url')).toHaveLength(32);
  expect(getNonceId(nonces[0] ?? '')).toMatch(/^wallet\.[\w-]{43}$/);
  expect(getNonceId(nonces[0] ?? '')).not.toContain(nonces[0]);
});

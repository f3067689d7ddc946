import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { DataKey, Keys } from './encryption.ts';

/** Derived once for each key and purpose: a submission needs seven of them. */
const derived = new WeakMap<DataKey, Map<string, KeyObject>>();

function keyFor(purpose: string, hashKey: DataKey): KeyObject {
  const known = derived.get(hashKey) ?? new Map<string, KeyObject>();
  derived.set(hashKey, known);
  const made = () => hkdfSync('sha256', hashKey.key, '', `front-door ${purpose}`, 32);
  const key = known.get(purpose) ?? createSecretKey(Buffer.from(made()));
  known.set(purpose, key);
  return key;
}

/**
 * A keyed hash (HMAC-SHA-256) by which a value is found again without being kept. Its key is derived (HKDF, RFC 5869)
 * from the hash key, so that a rotation of the data keys changes no hash.
 *
 * @param purpose keeps equal values of different kinds apart
 */
export function keyedHash(value: string, purpose: string, { hash }: Keys): string {
  return createHmac('sha256', keyFor(purpose, hash)).update(value).digest('base64url');
}

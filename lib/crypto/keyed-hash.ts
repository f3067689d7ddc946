import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { DataKey, Keys } from './encryption.ts';

/** Keys are derived once per hash key and purpose: a submission needs seven of them. */
const derivedKeys = new WeakMap<DataKey, Map<string, KeyObject>>();

function getDerivedKey(purpose: string, hashKey: DataKey): KeyObject {
  const keysByPurpose = derivedKeys.get(hashKey) ?? new Map<string, KeyObject>();
  derivedKeys.set(hashKey, keysByPurpose);
  const computeKeyBytes = () => hkdfSync('sha256', hashKey.key, '', `front-door ${purpose}`, 32);
  const key = keysByPurpose.get(purpose) ?? createSecretKey(Buffer.from(computeKeyBytes()));
  keysByPurpose.set(purpose, key);
  return key;
}

/**
 * Returns a keyed hash (HMAC-SHA-256), by which a value is found without being stored. Its key is derived (HKDF, RFC
 * 5869) from the hash key, so that a rotation of the data keys changes no hash.
 *
 * @param purpose keeps equal values of different kinds apart
 */
export function computeKeyedHash(value: string, purpose: string, { hash }: Keys): string {
  return createHmac('sha256', getDerivedKey(purpose, hash)).update(value).digest('base64url');
}

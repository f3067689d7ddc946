import { createHmac, createSecretKey, hkdfSync, type KeyObject } from 'node:crypto';
import type { DataKey } from './sealed.ts';

/** Derived once for each key and purpose: a submission needs seven of them. */
const derived = new WeakMap<DataKey, Map<string, KeyObject>>();

function keyFor(purpose: string, oldest: DataKey): KeyObject {
  const known = derived.get(oldest) ?? new Map<string, KeyObject>();
  derived.set(oldest, known);
  const made = () => hkdfSync('sha256', oldest.key, '', `front-door ${purpose}`, 32);
  const key = known.get(purpose) ?? createSecretKey(Buffer.from(made()));
  known.set(purpose, key);
  return key;
}

/**
 * A keyed hash (HMAC-SHA-256) by which a value is found again without being kept. Its key is derived (HKDF, RFC 5869)
 * from the oldest data key: a rotation puts the new one in front, and hashes go on matching until the old one is gone.
 *
 * @param purpose keeps equal values of different kinds apart
 */
export function keyedHash(value: string, purpose: string, keys: readonly DataKey[]): string {
  const oldest = keys.at(-1);
  if (!oldest) throw new Error('No data key');
  return createHmac('sha256', keyFor(purpose, oldest)).update(value).digest('base64url');
}

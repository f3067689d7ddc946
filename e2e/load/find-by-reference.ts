import { randomBytes } from 'node:crypto';
import { createKeys, dataKey } from '../../lib/crypto/encryption.ts';
import { operations } from '../../lib/store/operations.ts';
import { openTestPostgres } from '../../lib/store/test-database.ts';
import { shareOf } from '../support/measure.ts';

/** Milliseconds of the operators' look-up by reference, the median of several submissions. */
export async function measureFind(url: string, ids: readonly string[]): Promise<number> {
  const { database, close } = await openTestPostgres(url);
  const { find } = operations(database, createKeys([dataKey('a', randomBytes(32))]), () => new Date());
  const times: number[] = [];
  for (const id of ids) {
    const start = performance.now();
    const [found] = await find(id.slice(0, 8));
    times.push(found ? performance.now() - start : Number.POSITIVE_INFINITY);
  }
  await close();
  return shareOf(times, 0.5);
}

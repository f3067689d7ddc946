import { randomBytes } from 'node:crypto';
import { createDataKey, createKeys } from '../../lib/crypto/encryption.ts';
import { createSubmissionAdmin } from '../../lib/store/submission-admin.ts';
import { openTestPostgres } from '../../lib/store/test-database.ts';
import { getQuantile } from '../support/measure.ts';

/** Milliseconds of the operators' lookup by reference, the median of several submissions. */
export async function measureFindByReference(url: string, ids: readonly string[]): Promise<number> {
  const { database, close } = await openTestPostgres(url);
  const { find } = createSubmissionAdmin(database, createKeys([createDataKey('a', randomBytes(32))]), () => new Date());
  const times: number[] = [];
  for (const id of ids) {
    const start = performance.now();
    const [submission] = await find(id.slice(0, 8));
    times.push(submission ? performance.now() - start : Number.POSITIVE_INFINITY);
  }
  await close();
  return getQuantile(times, 0.5);
}

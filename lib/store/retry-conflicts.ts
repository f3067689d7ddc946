import { type Runtime, systemRuntime } from '../config/runtime.ts';
import { StoreError } from './store-error.ts';

/** `serialization_failure` and `deadlock_detected`: the server has undone the transaction (PostgreSQL manual, 13.5). */
const CONFLICTS = new Set(['40001', '40P01']);
const RETRIES = 3;
/** The longest first pause, in milliseconds; each further one may be twice as long. */
const PAUSE_MS = 20;

/**
 * Repeats work that met another transaction, three times, after pauses by chance. The work is one transaction and has no
 * effect outside of the database.
 *
 * @throws StoreError when it still met another one, and at once for any other reason
 */
export async function retryConflicts<T>(
  work: () => Promise<T>,
  { sleep, random }: Pick<Runtime, 'sleep' | 'random'> = systemRuntime,
): Promise<T> {
  for (let retry = 0; ; retry += 1) {
    try {
      return await work();
    } catch (error) {
      const isConflict = error instanceof StoreError && CONFLICTS.has(error.code);
      if (!isConflict || retry === RETRIES) throw error;
      await sleep(random() * PAUSE_MS * 2 ** retry);
    }
  }
}

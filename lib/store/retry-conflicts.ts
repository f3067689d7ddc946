import { type Runtime, systemRuntime } from '../config/runtime.ts';
import { StoreError } from './store-error.ts';

/** `serialization_failure` and `deadlock_detected`: the server has undone the transaction (PostgreSQL manual, 13.5). */
const CONFLICT_CODES = new Set(['40001', '40P01']);
const MAX_RETRIES = 3;
/** The longest first pause, in milliseconds; each further one may be twice as long. */
const MAX_FIRST_PAUSE_MS = 20;

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
      const isConflict = error instanceof StoreError && CONFLICT_CODES.has(error.code);
      if (!isConflict || retry === MAX_RETRIES) throw error;
      await sleep(random() * MAX_FIRST_PAUSE_MS * 2 ** retry);
    }
  }
}

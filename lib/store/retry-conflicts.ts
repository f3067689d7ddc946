import { type Runtime, systemRuntime } from '../config/runtime.ts';
import { StoreError } from './store-error.ts';

/** `serialization_failure` and `deadlock_detected`: the server has rolled back the transaction (PostgreSQL manual, 13.5). */
const CONFLICT_CODES = new Set(['40001', '40P01']);
const MAX_RETRIES = 3;
/** The longest first pause, in milliseconds; each further pause may be twice as long. */
const MAX_FIRST_PAUSE_MS = 20;

/**
 * Retries work that conflicted with another transaction up to three times, after random pauses. The work must be one
 * transaction without effects outside the database.
 *
 * @throws StoreError after the last retry, and at once for any other error
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

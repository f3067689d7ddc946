import { type Runtime, systemRuntime } from '../config/runtime.ts';
import { formatError } from './store-error.ts';

/** Milliseconds in which writes are gathered, to be made with one statement: it costs what one of them would. */
const FLUSH_INTERVAL_MS = 200;
/** After a write that took long the pause is longer by up to so many times that: a slow database is not the busier for it. */
const MAX_PAUSE_FACTOR = 8;
/** No pause is longer, in milliseconds: what is gathered is lost with its process. */
const MAX_PAUSE_MS = 5_000;

type WriteQueue<T> = {
  /** Resolves when what it put in is written; rejects when the write failed. */
  add: (put: (batch: T) => void) => Promise<void>;
  /** What is still to be written. */
  getPending: () => T | undefined;
};

/**
 * Writes together what comes while an earlier write is under way. One write ends before the next one begins, so its result is
 * never older than that of another one.
 *
 * @param createBatch what is gathered into
 * @param getPauseMs milliseconds from the first that comes to its write, at least, by how long the last write took
 */
export function createWriteQueue<T>(
  createBatch: () => T,
  write: (batch: T) => Promise<void>,
  getPauseMs: (lastWriteMs: number) => number = () => 0,
  { sleep, monotonicMs }: Pick<Runtime, 'sleep' | 'monotonicMs'> = systemRuntime,
): WriteQueue<T> {
  let pending: { batch: T; completion: Promise<void> } | undefined;
  let lastWrite: Promise<unknown> = Promise.resolve();
  let lastWriteMs = 0;

  async function runWrite(batch: T): Promise<void> {
    const pause = getPauseMs(lastWriteMs);
    await Promise.all([pause > 0 && sleep(pause), lastWrite]);
    pending = undefined;
    const start = monotonicMs();
    const pendingWrite = write(batch);
    lastWrite = pendingWrite.then(recordDuration, recordDuration);
    function recordDuration(): void {
      lastWriteMs = monotonicMs() - start;
    }
    await pendingWrite;
  }

  return {
    add(put) {
      if (!pending) {
        const batch = createBatch();
        pending = { batch, completion: runWrite(batch) };
      }
      put(pending.batch);
      return pending.completion;
    },
    getPending: () => pending?.batch,
  };
}

/**
 * Gathers what comes within a moment and writes it together.
 *
 * @param onError hears once of each write that failed, by the error's name and code; nothing gathered is worth stopping anybody for
 * @returns `add`, which resolves when what it put in is written or lost
 */
export function createWriteBuffer<T>(
  createBatch: () => T,
  write: (batch: T) => Promise<void>,
  onError: (cause: string) => void,
): WriteQueue<T> {
  const writeOrReport = (batch: T) => write(batch).catch((error: unknown) => onError(formatError(error)));
  // By chance: instances that have waited for one row come to it one after another the next time.
  const getPauseMs = (lastWriteMs: number) =>
    Math.min(MAX_PAUSE_MS, FLUSH_INTERVAL_MS + systemRuntime.random() * MAX_PAUSE_FACTOR * lastWriteMs);
  return createWriteQueue(createBatch, writeOrReport, getPauseMs);
}

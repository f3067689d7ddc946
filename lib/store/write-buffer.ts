import { type Runtime, systemRuntime } from '../config/runtime.ts';
import { formatError } from './store-error.ts';

/** Milliseconds in which writes are collected for one statement, which costs as much as a single write. */
const FLUSH_INTERVAL_MS = 200;
/** The longest additional pause as a multiple of the last write's duration, so that a slow database gets fewer writes. */
const MAX_PAUSE_FACTOR = 8;
/** The longest pause, in milliseconds: collected writes are lost when the process ends. */
const MAX_PAUSE_MS = 5_000;

type WriteQueue<T> = {
  /** Resolves when its values are written; rejects when the write failed. */
  add: (put: (batch: T) => void) => Promise<void>;
  /** Returns the values that are not written yet. */
  getPending: () => T | undefined;
};

/**
 * Creates a queue that writes together all values that arrive during a write. Writes do not overlap, so a later result is
 * never older.
 *
 * @param createBatch returns an empty batch
 * @param getPauseMs returns the least milliseconds between the first value and its write, from the last write's duration
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
 * Creates a buffer that collects values for a moment and writes them together.
 *
 * @param onError called for each failed write with the error's name and code; callers are not interrupted
 * @returns `add`, which resolves when its values are written or lost
 */
export function createWriteBuffer<T>(
  createBatch: () => T,
  write: (batch: T) => Promise<void>,
  onError: (cause: string) => void,
): WriteQueue<T> {
  const writeOrReport = (batch: T) => write(batch).catch((error: unknown) => onError(formatError(error)));
  // Random, so that instances that have waited for the same row do not meet there again.
  const getPauseMs = (lastWriteMs: number) =>
    Math.min(MAX_PAUSE_MS, FLUSH_INTERVAL_MS + systemRuntime.random() * MAX_PAUSE_FACTOR * lastWriteMs);
  return createWriteQueue(createBatch, writeOrReport, getPauseMs);
}

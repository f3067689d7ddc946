import { type Runtime, systemRuntime } from '../config/runtime.ts';
import { describeError } from './store-error.ts';

/** Milliseconds in which writes are gathered, to be made with one statement: it costs what one of them would. */
const GATHER_MS = 200;
/** After a write that took long the pause is longer by up to so many times that: a slow database is not the busier for it. */
const PAUSES = 8;
/** No pause is longer, in milliseconds: what is gathered is lost with its process. */
const LONGEST_PAUSE_MS = 5_000;

type WriteQueue<T> = {
  /** Resolves when what it put in is written; rejects when the write failed. */
  add: (put: (gathered: T) => void) => Promise<void>;
  /** What is still to be written. */
  unwritten: () => T | undefined;
};

/**
 * Writes together what comes while an earlier write is under way. One write ends before the next one begins, so its result is
 * never older than that of another one.
 *
 * @param empty what is gathered into
 * @param pauseMs milliseconds from the first that comes to its write, at least, by how long the last write took
 */
export function createWriteQueue<T>(
  empty: () => T,
  write: (gathered: T) => Promise<void>,
  pauseMs: (lastWriteMs: number) => number = () => 0,
  { sleep, monotonicMs }: Pick<Runtime, 'sleep' | 'monotonicMs'> = systemRuntime,
): WriteQueue<T> {
  let open: { gathered: T; written: Promise<void> } | undefined;
  let lastWrite: Promise<unknown> = Promise.resolve();
  let lastWriteMs = 0;

  async function begin(gathered: T): Promise<void> {
    const pause = pauseMs(lastWriteMs);
    await Promise.all([pause > 0 && sleep(pause), lastWrite]);
    open = undefined;
    const start = monotonicMs();
    const written = write(gathered);
    lastWrite = written.then(noteTime, noteTime);
    function noteTime(): void {
      lastWriteMs = monotonicMs() - start;
    }
    await written;
  }

  return {
    add(put) {
      if (!open) {
        const gathered = empty();
        open = { gathered, written: begin(gathered) };
      }
      put(open.gathered);
      return open.written;
    },
    unwritten: () => open?.gathered,
  };
}

/**
 * Gathers what comes within a moment and writes it together.
 *
 * @param lost hears once of each write that failed, by the error's name and code; nothing gathered is worth stopping anybody for
 * @returns `add`, which resolves when what it put in is written or lost
 */
export function gather<T>(
  empty: () => T,
  write: (gathered: T) => Promise<void>,
  lost: (cause: string) => void,
): WriteQueue<T> {
  const writeOrLose = (gathered: T) => write(gathered).catch((error: unknown) => lost(describeError(error)));
  // By chance: instances that have waited for one row come to it one after another the next time.
  const pauseMs = (lastWriteMs: number) =>
    Math.min(LONGEST_PAUSE_MS, GATHER_MS + systemRuntime.random() * PAUSES * lastWriteMs);
  return createWriteQueue(empty, writeOrLose, pauseMs);
}

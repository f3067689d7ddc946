import { setTimeout as pause } from 'node:timers/promises';
import { describeError } from './store-error.ts';

/** Milliseconds in which writes are gathered, to be made with one statement: it costs what one of them would. */
const GATHER_MS = 200;

/**
 * Gathers what comes within a moment and writes it together. One write ends before the next one begins, so its result is
 * never older than that of another one; what comes meanwhile is gathered.
 *
 * @param empty what is gathered into
 * @param lost hears once of each write that failed, by the error's name and code; nothing gathered is worth stopping anybody for
 * @returns `add`, which resolves when what it put in is written or lost; and what is still to be written
 */
export function gather<T>(empty: () => T, write: (gathered: T) => Promise<void>, lost: (cause: string) => void) {
  let open: { gathered: T; written: Promise<void> } | undefined;
  let lastWrite: Promise<void> = Promise.resolve();

  async function begin(gathered: T): Promise<void> {
    await Promise.all([pause(GATHER_MS), lastWrite]);
    open = undefined;
    lastWrite = write(gathered).catch((error: unknown) => lost(describeError(error)));
    await lastWrite;
  }

  return {
    add(put: (gathered: T) => void): Promise<void> {
      if (!open) {
        const gathered = empty();
        open = { gathered, written: begin(gathered) };
      }
      put(open.gathered);
      return open.written;
    },
    unwritten: (): T | undefined => open?.gathered,
  };
}

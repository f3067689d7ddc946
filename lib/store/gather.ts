import { setTimeout as pause } from 'node:timers/promises';

/** Milliseconds in which writes are gathered, to be made with one statement: it costs what one of them would. */
const GATHER_MS = 200;

/**
 * Gathers what comes within a moment and writes it together.
 *
 * @param empty what is gathered into
 * @param lost hears once of each write that failed, by the error's name; nothing gathered is worth stopping anybody for
 * @returns `add`, which resolves when what it put in is written or lost; and what is still to be written
 */
export function gather<T>(empty: () => T, write: (gathered: T) => Promise<void>, lost: (cause: string) => void) {
  let open: { gathered: T; written: Promise<void> } | undefined;

  async function begin(gathered: T): Promise<void> {
    await pause(GATHER_MS);
    open = undefined;
    await write(gathered).catch(({ name }: Error) => lost(name));
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

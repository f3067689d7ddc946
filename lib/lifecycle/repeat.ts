import { type Runtime, systemRuntime } from '../config/runtime.ts';
import type { LogEvent } from '../observability/log-event.ts';
import { log } from '../observability/logger.ts';
import { describeError } from '../store/store-error.ts';

type Surroundings = Pick<Runtime, 'setTimer'> & { onError: (event: LogEvent) => void };

/**
 * Runs work at once and then again after each end, until it is stopped. An error is logged by its name and ends one run.
 *
 * @param name of the work, for the log
 * @returns stops it; resolves when the run under way has ended
 */
export function repeat(
  name: string,
  everyMs: number,
  work: (signal: AbortSignal) => Promise<unknown>,
  { setTimer, onError }: Surroundings = { ...systemRuntime, onError: log },
): () => Promise<void> {
  const stopping = new AbortController();
  let cancelNext = () => {};
  let current = run();

  async function run(): Promise<void> {
    await work(stopping.signal).catch((error: unknown) => {
      onError({ event: 'server.failed', cause: `${name} ${describeError(error)}` });
    });
    if (!stopping.signal.aborted) schedule();
  }
  function schedule(): void {
    cancelNext = setTimer(everyMs, () => {
      current = run();
    });
  }

  return async () => {
    stopping.abort();
    cancelNext();
    await current;
  };
}

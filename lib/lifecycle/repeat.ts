import { log } from '../observability/logger.ts';
import { describeError } from '../store/store-error.ts';

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
): () => Promise<void> {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let current = run();

  async function run(): Promise<void> {
    await work(stopping.signal).catch((error: unknown) => {
      log({ event: 'server.failed', cause: `${name} ${describeError(error)}` });
    });
    if (!stopping.signal.aborted) schedule();
  }
  function schedule(): void {
    timer = setTimeout(() => {
      current = run();
    }, everyMs);
    timer.unref();
  }

  return async () => {
    stopping.abort();
    clearTimeout(timer);
    await current;
  };
}

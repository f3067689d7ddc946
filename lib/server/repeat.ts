import { type Runtime, systemRuntime } from '../config/runtime.ts';
import type { LogEvent } from '../observability/log-event.ts';
import { log } from '../observability/logger.ts';
import { describeError } from '../store/store-error.ts';
import { noteRound } from './health.ts';

type Surroundings = Pick<Runtime, 'setTimer'> & { onError: (event: LogEvent) => void };

type Times = {
  /** Milliseconds from the end of one run to the beginning of the next one. */
  everyMs: number;
  /** Milliseconds after which a run counts as hung: it is abandoned, and the next one begins. */
  limitMs: number;
};

/**
 * Runs work at once and then again after each end, until it is stopped. An error is logged by its name and ends one run.
 *
 * @param name of the work, for the log
 * @param work ends when its signal is aborted: it is stopped, or has taken too long. What is abandoned may still be at work
 * beside the next run
 * @returns stops it; resolves when the run under way has ended
 */
export function repeat(
  name: string,
  { everyMs, limitMs }: Times,
  work: (signal: AbortSignal) => Promise<unknown>,
  { setTimer, onError }: Surroundings = { ...systemRuntime, onError: log },
): () => Promise<void> {
  const stopping = new AbortController();
  let cancelNext = () => {};
  let current = run();

  async function run(): Promise<void> {
    const hung = new AbortController();
    const late = Promise.withResolvers<'hung'>();
    const cancelWatchdog = setTimer(limitMs, () => {
      hung.abort();
      late.resolve('hung');
    });
    const end = work(AbortSignal.any([stopping.signal, hung.signal])).then(() => undefined, describeError);
    const cause = await Promise.race([end, late.promise]);
    cancelWatchdog();
    noteRound(name, cause === 'hung');
    if (cause !== undefined) onError({ event: 'server.failed', cause: `${name} ${cause}` });
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

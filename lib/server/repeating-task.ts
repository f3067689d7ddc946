import { type Runtime, systemRuntime } from '../config/runtime.ts';
import type { LogEvent } from '../observability/log-event.ts';
import { log } from '../observability/logger.ts';
import { formatError } from '../store/store-error.ts';
import { recordRun } from './health.ts';

type RepeatingTaskTools = Pick<Runtime, 'setTimer'> & { onError: (event: LogEvent) => void };

/** The longest pause after a failed run, in milliseconds: an hourly task that met a busy database must not wait an hour. */
const RETRY_MS = 60_000;

type RepeatingTaskSchedule = {
  /** Milliseconds from the end of one run to the beginning of the next one. A failed run is repeated after a minute at most. */
  everyMs: number;
  /** Milliseconds after which a run counts as hung: it is abandoned, and the next one begins. */
  limitMs: number;
};

/**
 * Runs work at once and again after each run, until it is stopped. An error is logged by its name and ends one run.
 *
 * @param name of the work, for the log
 * @param work ends when its signal is aborted, by a stop or after `limitMs`. An abandoned run may continue beside the
 * next one
 * @returns stops it, and resolves when the current run has ended
 */
export function startRepeatingTask(
  name: string,
  { everyMs, limitMs }: RepeatingTaskSchedule,
  work: (signal: AbortSignal) => Promise<unknown>,
  { setTimer, onError }: RepeatingTaskTools = { ...systemRuntime, onError: log },
): () => Promise<void> {
  const stopController = new AbortController();
  let stopNextRun = () => {};
  let current = run();

  async function run(): Promise<void> {
    const hangController = new AbortController();
    const timeout = Promise.withResolvers<'hung'>();
    const cancelWatchdog = setTimer(limitMs, () => {
      hangController.abort();
      timeout.resolve('hung');
    });
    const completion = work(AbortSignal.any([stopController.signal, hangController.signal])).then(
      () => undefined,
      formatError,
    );
    const cause = await Promise.race([completion, timeout.promise]);
    cancelWatchdog();
    recordRun(name, cause === 'hung');
    if (cause !== undefined) onError({ event: 'server.failed', cause: `${name} ${cause}` });
    if (!stopController.signal.aborted) schedule(cause === undefined ? everyMs : Math.min(everyMs, RETRY_MS));
  }
  function schedule(pauseMs: number): void {
    stopNextRun = setTimer(pauseMs, () => {
      current = run();
    });
  }

  return async () => {
    stopController.abort();
    stopNextRun();
    await current;
  };
}

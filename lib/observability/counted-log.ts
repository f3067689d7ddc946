import { getProcessSingleton } from '../config/process-singleton.ts';
import type { LogEvent } from './log-event.ts';
import { log } from './logger.ts';

/** A line for each refused request would turn a flood of requests into a flood of lines. */
const LOG_EVERY_MS = 1_000;

const getPendingCounts = () => getProcessSingleton('counted-log', () => new Map<string, number>());

/**
 * Logs a frequent event: at most one line a second, with the number of events.
 *
 * @param key one of a few: events of one key are counted together
 */
export function logCounted(key: string, event: (count: number) => LogEvent): void {
  const pending = getPendingCounts();
  const count = pending.get(key) ?? 0;
  pending.set(key, count + 1);
  if (count > 0) return;
  setTimeout(() => {
    log(event(pending.get(key) ?? 1));
    pending.delete(key);
  }, LOG_EVERY_MS).unref();
}

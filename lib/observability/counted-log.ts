import { getProcessSingleton } from '../config/process-singleton.ts';
import type { LogEvent } from './log-event.ts';
import { log } from './logger.ts';

/** A line for each would be one more thing to do, and a flood of them a flood of lines. */
const LOG_EVERY_MS = 1_000;

const getPendingCounts = () => getProcessSingleton('counted-log', () => new Map<string, number>());

/**
 * Logs what may happen often: one line a second at most, with how often it happened.
 *
 * @param key what is counted together, one of a few
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

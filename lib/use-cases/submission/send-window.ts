import type { Runtime } from '../../config/runtime.ts';

/**
 * Opens the window in which the call of one claim may start. Open it BEFORE the request for the claim: the lease starts with the
 * commit, which the database may report much later.
 *
 * The faster of two clocks counts: the monotonic clock may stop while the process is suspended, and the time of day may be set back.
 *
 * @param windowMs the lease minus the longest call
 * @returns whether the call may still start; called again right before its first byte
 */
export function openSendWindow(
  { now, monotonicMs }: Pick<Runtime, 'now' | 'monotonicMs'>,
  windowMs: number,
): () => boolean {
  const [startedAt, startedMs] = [now().getTime(), monotonicMs()];
  return () => Math.max(now().getTime() - startedAt, monotonicMs() - startedMs) < windowMs;
}

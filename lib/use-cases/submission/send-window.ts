import type { Runtime } from '../../config/runtime.ts';

/**
 * Opens the time in which the call of one claim may begin. Open it BEFORE the claim is asked for: the database answers at
 * any time after it has committed, and another instance takes the row over when the lease ends.
 *
 * Both clocks count, the faster one wins: the time of day shows a pause that stops the monotonic clock, the monotonic
 * clock shows what passed while the time of day was set back.
 *
 * @param windowMs the lease less the longest time of a call
 * @returns whether the call may still begin; asked again right before its first byte
 */
export function openSendWindow(
  { now, monotonicMs }: Pick<Runtime, 'now' | 'monotonicMs'>,
  windowMs: number,
): () => boolean {
  const [startedAt, startedMs] = [now().getTime(), monotonicMs()];
  return () => Math.max(now().getTime() - startedAt, monotonicMs() - startedMs) < windowMs;
}

import { type Runtime, systemRuntime } from '../config/runtime.ts';
import type { LeaseRepository } from './leases.ts';
import type { Pace, Purge, PurgeResult } from './purge.ts';

/** Beside people who are served: a statement takes no longer than one of theirs, and most of the time is theirs. */
const PACE: Pace = { batchMs: 10, pauses: 2 };
/** After so long without a word, in milliseconds, another instance may begin. */
const LEASE_MS = 60_000;

/**
 * The purge beside people who are served: paced, and by one instance at a time.
 *
 * @returns purges unless another instance does; it ends after the statement under way when its signal is aborted
 */
export function createBackgroundPurge(
  purge: Purge,
  leases: LeaseRepository,
  { monotonicMs }: Pick<Runtime, 'monotonicMs'> = systemRuntime,
): (signal: AbortSignal) => Promise<PurgeResult | undefined> {
  return async (signal) => {
    if (!(await leases.acquire('purge', LEASE_MS))) return undefined;
    let acquiredAtMs = monotonicMs();
    async function canContinue(): Promise<boolean> {
      if (signal.aborted) return false;
      if (monotonicMs() - acquiredAtMs < LEASE_MS / 2) return true;
      acquiredAtMs = monotonicMs();
      return leases.acquire('purge', LEASE_MS);
    }
    return purge({ pace: PACE, canContinue });
  };
}

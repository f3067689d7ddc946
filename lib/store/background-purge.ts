import { type Runtime, systemRuntime } from '../config/runtime.ts';
import type { LeaseRepository } from './leases.ts';
import type { Pace, Purge, PurgeResult } from './purge.ts';

/** A statement takes no longer than one of a request, and two thirds of the time are left to requests. */
const PACE: Pace = { batchMs: 10, pauses: 2 };
/** After this time without a renewal, in milliseconds, another instance may begin. */
const LEASE_MS = 60_000;

/**
 * Creates a paced purge that one instance at a time runs while the server handles requests.
 *
 * @returns a function that purges unless another instance does; an aborted signal ends it after the current statement
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

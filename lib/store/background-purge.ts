import { type Runtime, systemRuntime } from '../config/runtime.ts';
import type { Leases } from './leases.ts';
import type { Pace, Purge, Purged } from './purge.ts';

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
  leases: Leases,
  { monotonicMs }: Pick<Runtime, 'monotonicMs'> = systemRuntime,
): (signal: AbortSignal) => Promise<Purged | undefined> {
  return async (signal) => {
    if (!(await leases.hold('purge', LEASE_MS))) return undefined;
    let heldAtMs = monotonicMs();
    async function mayGoOn(): Promise<boolean> {
      if (signal.aborted) return false;
      if (monotonicMs() - heldAtMs < LEASE_MS / 2) return true;
      heldAtMs = monotonicMs();
      return leases.hold('purge', LEASE_MS);
    }
    return purge({ pace: PACE, mayGoOn });
  };
}

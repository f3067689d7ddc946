import 'server-only';
import { getEnv } from '../config/env.ts';
import { systemRuntime } from '../config/runtime.ts';
import { log } from '../observability/logger.ts';
import { getStore } from '../store/store.ts';
import { getRaasClient, getUpstreamGuard } from '../upstream/upstream-from-env.ts';
import { runReconciliation } from '../use-cases/submission/run-reconciliation.ts';
import { startRepeatingTask } from './repeating-task.ts';

/** Milliseconds. A run takes less: each of its calls and statements has a limit of its own. */
const ROUND_MS = 60_000;

/**
 * Runs the reconciliation repeatedly, one run at a time.
 *
 * @returns stops it, and resolves when the current run has ended
 */
export function startReconciler(): () => Promise<void> {
  const {
    SUBMISSION_LEASE_MS,
    RECONCILE_EVERY_MS,
    RECONCILE_LOOKS_MS,
    RECONCILE_PARK_MS,
    RAAS_TOTAL_MS,
    RAAS_LOOKUP_MS,
  } = getEnv();
  const limits = {
    absenceMs: RECONCILE_LOOKS_MS,
    reviewAfterMs: RECONCILE_PARK_MS,
    total: RAAS_TOTAL_MS,
    lookup: RAAS_LOOKUP_MS,
  };
  const sendWindowMs = SUBMISSION_LEASE_MS - RAAS_TOTAL_MS;
  const times = { everyMs: RECONCILE_EVERY_MS, limitMs: Math.max(ROUND_MS, 2 * SUBMISSION_LEASE_MS) };
  return startRepeatingTask('reconciler', times, async (signal) => {
    const { ledger, requiredKeys, failovers } = await getStore();
    await runReconciliation(
      { ledger, raas: getRaasClient(), upstreamGuard: getUpstreamGuard(), ...systemRuntime, sendWindowMs, log, limits },
      signal,
    );
    // Last: a registry that an operator's command has locked must not delay the reconciliation.
    await requiredKeys.registerActive();
    await failovers.recordIdentity();
  });
}

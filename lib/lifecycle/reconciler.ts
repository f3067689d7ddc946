import 'server-only';
import { env } from '../config/env.ts';
import { log } from '../observability/logger.ts';
import { reconcile } from '../onboarding/reconcile.ts';
import { store } from '../store/store.ts';
import { admission, raas } from '../upstream/configured.ts';

/** What has run out is deleted at the start and then once an hour. */
const PURGE_EVERY_MS = 3_600_000;

/**
 * Reconciles now and then, one round at a time, until it is stopped.
 *
 * @returns stops it; resolves when the round under way has ended
 */
export function startReconciler(): () => Promise<void> {
  const {
    SUBMISSION_LEASE_MS,
    RECONCILE_EVERY_MS,
    RECONCILE_LOOKS_MS,
    RECONCILE_PARK_MS,
    RAAS_TOTAL_MS,
    RAAS_LOOKUP_MS,
  } = env();
  const limits = { looks: RECONCILE_LOOKS_MS, park: RECONCILE_PARK_MS, total: RAAS_TOTAL_MS, lookup: RAAS_LOOKUP_MS };
  const clocks = { now: () => new Date(), monotonicMs: () => performance.now() };
  const sendWindowMs = SUBMISSION_LEASE_MS - RAAS_TOTAL_MS;
  let isStopped = false;
  let nextPurge = 0;
  let timer: NodeJS.Timeout | undefined;
  let round: Promise<void> = Promise.resolve();

  async function run(): Promise<void> {
    try {
      const { ledger, privacy } = await store();
      await reconcile({ ledger, raas: raas(), admission: admission(), ...clocks, sendWindowMs, log, limits });
      if (Date.now() >= nextPurge) {
        nextPurge = Date.now() + PURGE_EVERY_MS;
        await privacy.purge();
      }
    } catch (error) {
      log({ event: 'server.failed', cause: `reconciler ${(error as Error).name}` });
    }
    if (!isStopped) schedule();
  }
  function schedule(): void {
    timer = setTimeout(() => {
      round = run();
    }, RECONCILE_EVERY_MS);
    timer.unref();
  }

  round = run();
  return async () => {
    isStopped = true;
    clearTimeout(timer);
    await round;
  };
}

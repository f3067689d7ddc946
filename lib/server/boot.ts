import 'server-only';
import { brand } from '../config/brand/brand.ts';
import { ConfigurationError } from '../config/configuration-error.ts';
import { env, listeningPort } from '../config/env.ts';
import { offeredPaymentMethodTypes } from '../config/journey-context.ts';
import { log } from '../observability/logger.ts';
import { linkKeys } from '../partner-link/keys.ts';
import type { Durability } from '../store/durability.ts';
import { FolderInUse } from '../store/lock.ts';
import { store } from '../store/store.ts';
import { describeError, describeProblem, StoreError } from '../store/store-error.ts';
import { admission, raas } from '../upstream/configured.ts';
import { drainOnSignals } from './graceful-shutdown.ts';
import { serveMetrics } from './metrics-server.ts';
import { startReconciler } from './reconciler.ts';
import { repeat } from './repeat.ts';
import { standBeforeTheFramework } from './request-pipeline.ts';

/** What has run out is deleted at the start and then once an hour. A backlog of millions of rows takes hours. */
const PURGE = { everyMs: 3_600_000, limitMs: 12 * 3_600_000 };

/** The audit's heads are anchored at least once a minute, also when the instance that did it is gone. */
const ANCHOR = { everyMs: 15_000, limitMs: 60_000 };

/** As often as Postgres does it by itself (`checkpoint_timeout`). */
const CHECKPOINT = { everyMs: 300_000, limitMs: 60_000 };

/**
 * Reads the configuration, opens the store, finds the calls that a lost process left behind, and starts what runs beside
 * the pages. Or ends the process with one line that says what is wrong.
 */
export async function boot(): Promise<void> {
  try {
    const { DATABASE_URL, DRAIN_GRACE_MS, DRAIN_MS, METRICS_LISTEN } = env();
    const { SHED_REQUESTS: requests, SHED_BUSY_REQUESTS: busyRequests, SHED_DELAY_MS: delay } = env();
    const { APP_ENV, LIMIT_IN_FLIGHT_PER_ADDRESS: perClient, TRUSTED_HOPS } = env();
    brand();
    offeredPaymentMethodTypes();
    raas();
    admission();
    linkKeys();
    const { ledger, purgeInBackground, anchorAudit, isExclusive, durability, checkpoint } = await store();
    checkDurability(durability);
    await ledger.recover(isExclusive);
    if (METRICS_LISTEN) await serveMetrics(METRICS_LISTEN);
    standBeforeTheFramework({ perClient, requests, busyRequests, delay });
    const anchoring = repeat('anchor', ANCHOR, anchorAudit);
    const stops = [startReconciler(), repeat('purge', PURGE, purgeInBackground), anchoring];
    if (checkpoint) stops.push(repeat('checkpoint', CHECKPOINT, checkpoint));
    const stop = async () => {
      await Promise.all(stops.map((stopOne) => stopOne()));
      await anchorAudit().catch(() => {}); // what comes too late is anchored by another instance or at the next start
      await checkpoint?.().catch(() => {}); // the next start has less to read; without it, it has more
    };
    drainOnSignals({ grace: DRAIN_GRACE_MS, cap: DRAIN_MS, stop });
    const database = DATABASE_URL ? 'postgres' : 'embedded';
    if (APP_ENV === 'live' && TRUSTED_HOPS === 0) log({ event: 'boot.warning', cause: 'TRUSTED_HOPS' });
    log({ event: 'boot.ready', port: listeningPort(), database, survivesPowerLoss: durability.survivesPowerLoss });
  } catch (error) {
    log({ event: 'boot.failed', cause: describeBootError(error) });
    process.exit(1);
  }
}

/** The ledger promises that a submission is sent once, which it cannot when its database loses what it has acknowledged. */
function checkDurability({ losses, limitsStatements }: Durability): void {
  if (!limitsStatements) log({ event: 'boot.warning', cause: 'the role of DATABASE_URL has no statement_timeout' });
  if (losses.length === 0) return;
  const { APP_ENV, DATABASE_ACCEPT_LOSS } = env();
  const found = losses.join(', ');
  if (APP_ENV === 'live' && DATABASE_ACCEPT_LOSS === 'no')
    throw new ConfigurationError(`DATABASE_ACCEPT_LOSS (acknowledged commits can be lost: ${found})`);
  log({ event: 'boot.warning', cause: `acknowledged commits can be lost: ${found}` });
}

/** Our own words where they are ours. Of any other error its name and code alone: its message may quote what it read. */
function describeBootError(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof FolderInUse) return error.message;
  return error instanceof StoreError
    ? `The database failed: ${describeProblem(error.code)} (${error.message})`
    : describeError(error);
}

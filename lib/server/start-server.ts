import 'server-only';
import { getBrand } from '../config/brand/brand.ts';
import { ConfigurationError } from '../config/configuration-error.ts';
import { getEnv, getListeningPort } from '../config/env.ts';
import { getOfferedPaymentMethodTypes } from '../config/journey-context.ts';
import { log } from '../observability/logger.ts';
import { getLinkKeys } from '../partner-link/keys.ts';
import { DataDirInUseError } from '../store/data-dir-lock.ts';
import type { Durability } from '../store/durability.ts';
import { getStore } from '../store/store.ts';
import { formatError, formatProblem, StoreError } from '../store/store-error.ts';
import { getRaasClient, getUpstreamGuard } from '../upstream/upstream-from-env.ts';
import { installShutdownHandlers } from './graceful-shutdown.ts';
import { startMetricsServer } from './metrics-server.ts';
import { startReconciler } from './reconciler.ts';
import { startRepeatingTask } from './repeating-task.ts';
import { installRequestPipeline } from './request-pipeline.ts';

/** What has run out is deleted at the start and then once an hour. A backlog of millions of rows takes hours. */
const PURGE_SCHEDULE = { everyMs: 3_600_000, limitMs: 12 * 3_600_000 };

/** The audit's heads are anchored at least once a minute, also when the instance that did it is gone. */
const ANCHOR_SCHEDULE = { everyMs: 15_000, limitMs: 60_000 };

/** As often as Postgres does it by itself (`checkpoint_timeout`). */
const CHECKPOINT_SCHEDULE = { everyMs: 300_000, limitMs: 60_000 };

/**
 * Reads the configuration, opens the store, finds the calls that a lost process left behind, and starts what runs beside
 * the pages. Or ends the process with one line that says what is wrong.
 */
export async function startServer(): Promise<void> {
  try {
    const { DATABASE_URL, DRAIN_GRACE_MS, DRAIN_MS, METRICS_LISTEN } = getEnv();
    const { SHED_REQUESTS: requests, SHED_BUSY_REQUESTS: busyRequests, SHED_DELAY_MS: delay } = getEnv();
    const { APP_ENV, LIMIT_IN_FLIGHT_PER_ADDRESS: perClient, TRUSTED_HOPS } = getEnv();
    getBrand();
    getOfferedPaymentMethodTypes();
    getRaasClient();
    getUpstreamGuard();
    getLinkKeys();
    const { ledger, purgeInBackground, anchorAudit, isExclusive, durability, checkpoint } = await getStore();
    checkDurability(durability);
    await ledger.recordLostCalls(isExclusive);
    if (METRICS_LISTEN) await startMetricsServer(METRICS_LISTEN);
    installRequestPipeline({ perClient, requests, busyRequests, delay });
    const stopAnchoring = startRepeatingTask('anchor', ANCHOR_SCHEDULE, anchorAudit);
    const stopFunctions = [
      startReconciler(),
      startRepeatingTask('purge', PURGE_SCHEDULE, purgeInBackground),
      stopAnchoring,
    ];
    if (checkpoint) stopFunctions.push(startRepeatingTask('checkpoint', CHECKPOINT_SCHEDULE, checkpoint));
    const stop = async () => {
      await Promise.all(stopFunctions.map((stopTask) => stopTask()));
      await anchorAudit().catch(() => {}); // what comes too late is anchored by another instance or at the next start
      await checkpoint?.().catch(() => {}); // the next start has less to read; without it, it has more
    };
    installShutdownHandlers({ grace: DRAIN_GRACE_MS, cap: DRAIN_MS, stop });
    const database = DATABASE_URL ? 'postgres' : 'embedded';
    if (APP_ENV === 'live' && TRUSTED_HOPS === 0) log({ event: 'boot.warning', cause: 'TRUSTED_HOPS' });
    log({ event: 'boot.ready', port: getListeningPort(), database, survivesPowerLoss: durability.isDurable });
  } catch (error) {
    log({ event: 'boot.failed', cause: formatStartupError(error) });
    process.exit(1);
  }
}

/** The ledger promises that a submission is sent once, which it cannot when its database loses what it has acknowledged. */
function checkDurability({ losses, hasStatementTimeout }: Durability): void {
  if (!hasStatementTimeout) log({ event: 'boot.warning', cause: 'the role of DATABASE_URL has no statement_timeout' });
  if (losses.length === 0) return;
  const { APP_ENV, DATABASE_ACCEPT_LOSS } = getEnv();
  const lossList = losses.join(', ');
  if (APP_ENV === 'live' && DATABASE_ACCEPT_LOSS === 'no')
    throw new ConfigurationError(`DATABASE_ACCEPT_LOSS (acknowledged commits can be lost: ${lossList})`);
  log({ event: 'boot.warning', cause: `acknowledged commits can be lost: ${lossList}` });
}

/** Our own words where they are ours. Of any other error its name and code alone: its message may quote what it read. */
function formatStartupError(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof DataDirInUseError) return error.message;
  return error instanceof StoreError
    ? `The database failed: ${formatProblem(error.code)} (${error.message})`
    : formatError(error);
}

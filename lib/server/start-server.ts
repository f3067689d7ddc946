import 'server-only';
import { getBrand } from '../config/brand/brand.ts';
import { ConfigurationError } from '../config/configuration-error.ts';
import { getEnv } from '../config/env.ts';
import type { Env } from '../config/env-schema.ts';
import { getOfferedPaymentMethodTypes } from '../config/get-journey-context.ts';
import { getPostalTable } from '../config/get-postal-table.ts';
import { HOUR_MS } from '../domain/time.ts';
import { log } from '../observability/logger.ts';
import { getLinkKeys } from '../partner-link/keys.ts';
import { DataDirInUseError } from '../store/data-dir-lock.ts';
import type { Durability } from '../store/durability.ts';
import { getStore, type Store } from '../store/store.ts';
import { formatError, formatProblem, StoreError } from '../store/store-error.ts';
import { getRaasClient, getUpstreamGuard } from '../upstream/upstream-from-env.ts';
import { getWalletRoots } from '../wallet-id/get-wallet-roots.ts';
import { getWebhookEndpoints } from '../webhooks/endpoints.ts';
import { setAppRuntime } from './app-runtime.ts';
import { installShutdownHandlers } from './graceful-shutdown.ts';
import type { LoadSheddingLimits } from './load-shedding.ts';
import { startMetricsServer } from './metrics-server.ts';
import { startReconciler } from './reconciler.ts';
import { startRepeatingTask } from './repeating-task.ts';
import { createRequestPipeline } from './request-pipeline.ts';
import { startWebhookDelivery } from './webhook-delivery.ts';

/** Expired rows are deleted at the start and then once an hour. A backlog of millions of rows takes hours. */
const PURGE_SCHEDULE = { everyMs: HOUR_MS, limitMs: 12 * HOUR_MS };

/** The audit's heads are anchored at least once a minute, also after the instance that did it has died. */
const ANCHOR_SCHEDULE = { everyMs: 15_000, limitMs: 60_000 };

/** The default of Postgres (`checkpoint_timeout`). */
const CHECKPOINT_SCHEDULE = { everyMs: 300_000, limitMs: 60_000 };

/**
 * Checks the configuration, opens the store, marks the calls that a dead process left behind, and starts the background
 * work. On an error it logs the cause and ends the process.
 */
export async function startServer(): Promise<void> {
  try {
    const env = getEnv();
    checkVendorSettings();
    const store = await getStore();
    checkDurability(store.durability);
    await store.ledger.recordLostCalls(store.isExclusive);
    if (env.METRICS_LISTEN) await startMetricsServer(env.METRICS_LISTEN);
    const stop = startBackgroundWork(store);
    setAppRuntime({
      createRequestListener: (handle) => createRequestPipeline(getLoadSheddingLimits(env), handle),
      start: (port, close) => {
        installShutdownHandlers({ grace: env.DRAIN_GRACE_MS, cap: env.DRAIN_MS, stop, close });
        logReady(env, port, store.durability);
      },
    });
  } catch (error) {
    log({ event: 'boot.failed', cause: formatStartupError(error) });
    process.exit(1);
  }
}

/** @throws ConfigurationError when a file or a key that the environment names is wrong */
function checkVendorSettings(): void {
  getBrand();
  getOfferedPaymentMethodTypes();
  getPostalTable();
  getRaasClient();
  getUpstreamGuard();
  getLinkKeys();
  getWebhookEndpoints();
  getWalletRoots();
}

/** @returns stops the work, and resolves when it has ended */
function startBackgroundWork({
  purgeInBackground,
  anchorAudit,
  checkpoint,
  outbox,
  stalled,
}: Store): () => Promise<void> {
  const stopFunctions = [
    startRepeatingTask('anchor', ANCHOR_SCHEDULE, anchorAudit),
    startReconciler(),
    startRepeatingTask('purge', PURGE_SCHEDULE, purgeInBackground),
    ...startWebhookDelivery({ outbox, stalled }),
  ];
  if (checkpoint) stopFunctions.push(startRepeatingTask('checkpoint', CHECKPOINT_SCHEDULE, checkpoint));
  return async () => {
    await Promise.all(stopFunctions.map((stopTask) => stopTask()));
    await anchorAudit().catch(() => {}); // after a failure another instance or the next start anchors
    await checkpoint?.().catch(() => {}); // after a failure the next start reads more of the log
  };
}

const getLoadSheddingLimits = (env: Env): LoadSheddingLimits => ({
  perClient: env.LIMIT_IN_FLIGHT_PER_ADDRESS,
  requests: env.SHED_REQUESTS,
  busyRequests: env.SHED_BUSY_REQUESTS,
  delay: env.SHED_DELAY_MS,
});

function logReady({ APP_ENV, TRUSTED_HOPS, DATABASE_URL }: Env, port: number, { isDurable }: Durability): void {
  if (APP_ENV === 'live' && TRUSTED_HOPS === 0) log({ event: 'boot.warning', cause: 'TRUSTED_HOPS' });
  const database = DATABASE_URL ? 'postgres' : 'embedded';
  log({ event: 'boot.ready', port, database, survivesPowerLoss: isDurable });
}

/** The ledger sends a submission once only if its database keeps every acknowledged commit. */
function checkDurability({ losses, hasStatementTimeout }: Durability): void {
  if (!hasStatementTimeout) log({ event: 'boot.warning', cause: 'the role of DATABASE_URL has no statement_timeout' });
  if (losses.length === 0) return;
  const { APP_ENV, DATABASE_ACCEPT_LOSS } = getEnv();
  const lossList = losses.join(', ');
  if (APP_ENV === 'live' && DATABASE_ACCEPT_LOSS === 'no')
    throw new ConfigurationError(`DATABASE_ACCEPT_LOSS (acknowledged commits can be lost: ${lossList})`);
  log({ event: 'boot.warning', cause: `acknowledged commits can be lost: ${lossList}` });
}

/** Returns the message of our own errors, and only name and code of any other error: its message may quote a secret. */
function formatStartupError(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof DataDirInUseError) return error.message;
  return error instanceof StoreError
    ? `The database failed: ${formatProblem(error.code)} (${error.message})`
    : formatError(error);
}

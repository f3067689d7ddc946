import 'server-only';
import { sql } from 'drizzle-orm';
import { getEnv, getKeys } from '../config/env.ts';
import type { Env } from '../config/env-schema.ts';
import { getProcessSingleton } from '../config/process-singleton.ts';
import { readLimitPoints } from '../config/rate-limits.ts';
import { log } from '../observability/logger.ts';
import { getWebhookEndpoints } from '../webhooks/endpoints.ts';
import { type AgentSessionRepository, createAgentSessionRepository } from './agent-sessions.ts';
import { createOutbox, type Outbox } from './application-events/outbox.ts';
import { createOutboxAdmin, type OutboxAdmin } from './application-events/outbox-admin.ts';
import { createStalledApplications, type StalledApplications } from './application-events/stalled.ts';
import { createAnchorWriter } from './audit-anchors.ts';
import { type AuditLog, createAuditLog } from './audit-log.ts';
import { createBackgroundPurge } from './background-purge.ts';
import { type CaseRepository, createCaseRepository } from './cases.ts';
import { type OpenDatabase, openPostgres } from './database.ts';
import { createDraftRepository, type DraftRepository } from './drafts.ts';
import type { Durability } from './durability.ts';
import { openPglite } from './embedded-database.ts';
import { createFailoverDetector, type FailoverDetector, NO_FAILOVERS } from './failovers.ts';
import { createHandoverRepository, type HandoverRepository } from './handovers.ts';
import { createHelpRequestRepository, type HelpRequestRepository } from './help-requests.ts';
import { createJourneyEventRepository, type JourneyEventRepository } from './journey-events.ts';
import { createLeaseRepository } from './leases.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createPartnerReferenceRepository, type PartnerReferenceRepository } from './partner-references.ts';
import { createPrivacyService, type PrivacyService } from './privacy.ts';
import { createPurge, type Purge } from './purge.ts';
import { createRateLimitRepository, type RateLimitRepository } from './rate-limit-counters.ts';
import { createRequiredKeyRegistry, type RequiredKeyRegistry } from './required-keys.ts';
import { createSubmissionAdmin, type SubmissionAdmin } from './submission-admin.ts';
import type { LedgerTimes } from './submissions/context.ts';
import { createUsedLinkRepository, type UsedLinkRepository } from './used-links.ts';
import { canWrite } from './write-health.ts';

export type Store = {
  drafts: DraftRepository;
  ledger: Ledger;
  submissionAdmin: SubmissionAdmin;
  usedLinks: UsedLinkRepository;
  partnerReferences: PartnerReferenceRepository;
  agents: AgentSessionRepository;
  cases: CaseRepository;
  audit: AuditLog;
  anchorAudit: () => Promise<void>;
  handovers: HandoverRepository;
  helpRequests: HelpRequestRepository;
  events: JourneyEventRepository;
  outbox: Outbox;
  stalled: StalledApplications;
  outboxAdmin: OutboxAdmin;
  privacy: PrivacyService;
  purge: Purge;
  purgeInBackground: ReturnType<typeof createBackgroundPurge>;
  requiredKeys: RequiredKeyRegistry;
  failovers: FailoverDetector;
  rateLimits: RateLimitRepository;
  /** No other process can use this store. */
  isExclusive: boolean;
  durability: Durability;
  countConnections: OpenDatabase['countConnections'];
  isBroken: () => boolean;
  /** Set for the embedded database: writes the write-ahead log to the tables, which keeps the log short. */
  checkpoint: (() => Promise<void>) | undefined;
  /** Returns whether the database accepts writes, as far as this process has seen. */
  canWrite: () => Promise<boolean>;
  close: () => Promise<void>;
};

/** Returns the store of this process and opens it on first use. @throws when rows need a key that is not configured */
export function getStore(): Promise<Store> {
  return getProcessSingleton('store', openStore);
}

/** Opens the configured database without checking its keys. */
export function openConfiguredDatabase(): Promise<OpenDatabase> {
  const { DATABASE_URL, DATA_DIR, ...settings } = getEnv();
  if (!DATABASE_URL) return openPglite(DATA_DIR);
  return openPostgres(DATABASE_URL, {
    poolSize: settings.DATABASE_POOL_SIZE,
    connectMs: settings.DATABASE_CONNECT_MS,
    queryMs: settings.DATABASE_QUERY_MS,
    arePrepared: settings.DATABASE_PREPARED_STATEMENTS === 'on',
  });
}

/** An attempt to deliver an event protects it for as many of its time limits: writing the result takes time, too. */
const ATTEMPT_LEASES = 3;

const getNow = () => new Date();

const readSubmissionTimes = (
  settings: Pick<Env, 'SUBMISSION_LEASE_MS' | 'RECONCILE_AFTER_MS' | 'SUBMISSION_HOLD_MS'>,
): LedgerTimes => ({
  leaseMs: settings.SUBMISSION_LEASE_MS,
  firstLookupMs: settings.RECONCILE_AFTER_MS,
  holdMs: settings.SUBMISSION_HOLD_MS,
});

async function openStore(): Promise<Store> {
  const { DATABASE_URL, ...settings } = getEnv();
  const handle = await openConfiguredDatabase();
  const { database, durability, countConnections, isBroken, close } = handle;
  const keys = getKeys();
  const subscriptions = getWebhookEndpoints().map(({ name, types }) => ({ endpoint: name, types }));
  const requiredKeys = createRequiredKeyRegistry(database, keys, getNow);
  await requiredKeys.check();
  const leases = createLeaseRepository(database, getNow);
  const purge = createPurge(database, getNow, {
    isEmbedded: !DATABASE_URL,
    subscriptions,
    onError: (kind, cause) => log({ event: 'purge.failed', kind, cause }),
  });
  const leaseMs = ATTEMPT_LEASES * settings.WEBHOOK_TIMEOUT_MS;
  return {
    drafts: createDraftRepository(database, keys, getNow, subscriptions),
    ledger: createLedger(database, keys, getNow, readSubmissionTimes(settings), undefined, subscriptions),
    submissionAdmin: createSubmissionAdmin(database, keys, getNow, subscriptions),
    usedLinks: createUsedLinkRepository(database),
    partnerReferences: createPartnerReferenceRepository(database, keys, getNow),
    agents: createAgentSessionRepository(database, getNow),
    cases: createCaseRepository(database, keys, getNow),
    audit: createAuditLog(database),
    anchorAudit: createAnchorWriter(database, leases, getNow),
    handovers: createHandoverRepository(database, keys, getNow),
    helpRequests: createHelpRequestRepository(database, keys, getNow),
    events: createJourneyEventRepository(database, keys, getNow, (cause) => log({ event: 'figures.lost', cause })),
    outbox: createOutbox({ database, keys, now: getNow, origin: settings.APP_ORIGIN, leaseMs }),
    stalled: createStalledApplications({ database, keys, now: getNow, subscriptions }),
    outboxAdmin: createOutboxAdmin(database, getNow, leaseMs),
    privacy: createPrivacyService(database, keys, getNow),
    purge,
    purgeInBackground: createBackgroundPurge(purge, leases),
    requiredKeys,
    failovers: DATABASE_URL
      ? createFailoverDetector(database, keys, getNow, () => log({ event: 'database.failed-over' }))
      : NO_FAILOVERS,
    rateLimits: createRateLimitRepository(database, keys, readLimitPoints(settings), getNow, (cause) =>
      log({ event: 'limits.lost', cause }),
    ),
    isExclusive: !DATABASE_URL,
    durability,
    countConnections,
    isBroken,
    checkpoint: DATABASE_URL ? undefined : async () => void (await database.execute(sql`checkpoint`)),
    canWrite: () => canWrite(handle),
    close,
  };
}

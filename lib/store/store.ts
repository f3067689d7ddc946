import 'server-only';
import { sql } from 'drizzle-orm';
import { env, getKeys } from '../config/env.ts';
import { inProcess } from '../config/in-process.ts';
import { readLimitPoints } from '../config/rate-limits.ts';
import { log } from '../observability/logger.ts';
import { type AgentSessions, agentSessionStore } from './agent-sessions.ts';
import { createAnchorWriter } from './audit-anchors.ts';
import { type AuditLog, auditLog } from './audit-log.ts';
import { createBackgroundPurge } from './background-purge.ts';
import { type Cases, caseStore } from './cases.ts';
import { type OpenDatabase, openPostgres } from './database.ts';
import { type Drafts, draftStore } from './drafts.ts';
import type { Durability } from './durability.ts';
import { openPglite } from './embedded-database.ts';
import { type Failovers, failoverStore, NO_FAILOVERS } from './failovers.ts';
import { type Handovers, handoverStore } from './handovers.ts';
import { type HelpRequests, helpRequestStore } from './help-requests.ts';
import { type JourneyEvents, journeyEventStore } from './journey-events.ts';
import { leaseStore } from './leases.ts';
import { type Ledger, ledgerStore } from './ledger.ts';
import { type Limits, limitStore } from './limits.ts';
import { type Operations, operations } from './operations.ts';
import { type Privacy, privacyStore } from './privacy.ts';
import { createPurge, type Purge } from './purge.ts';
import { type RequiredKeys, requiredKeyStore } from './required-keys.ts';
import { type UsedLinks, usedLinkStore } from './used-links.ts';
import { canWrite } from './write-health.ts';

export type Store = {
  drafts: Drafts;
  ledger: Ledger;
  operations: Operations;
  usedLinks: UsedLinks;
  agents: AgentSessions;
  cases: Cases;
  audit: AuditLog;
  anchorAudit: () => Promise<void>;
  handovers: Handovers;
  helpRequests: HelpRequests;
  events: JourneyEvents;
  privacy: Privacy;
  purge: Purge;
  purgeInBackground: ReturnType<typeof createBackgroundPurge>;
  requiredKeys: RequiredKeys;
  failovers: Failovers;
  limits: Limits;
  /** No other process can be at work on this store. */
  isExclusive: boolean;
  durability: Durability;
  countConnections: OpenDatabase['countConnections'];
  isBroken: () => boolean;
  /** The embedded database's: writes what is only in its write-ahead log to its tables, so that the log can be short. */
  checkpoint: (() => Promise<void>) | undefined;
  /** Whether the database accepts writes, as far as this process has seen. */
  canWrite: () => Promise<boolean>;
  close: () => Promise<void>;
};

/** The store of this process, opened and migrated on first use. @throws when rows need a key that is not configured */
export function store(): Promise<Store> {
  return inProcess('store', open);
}

/** The database that the environment names, whatever its keys. */
export function openDatabase(): Promise<OpenDatabase> {
  const { DATABASE_URL, DATA_DIR, ...set } = env();
  if (!DATABASE_URL) return openPglite(DATA_DIR);
  return openPostgres(DATABASE_URL, {
    poolSize: set.DATABASE_POOL_SIZE,
    connectMs: set.DATABASE_CONNECT_MS,
    queryMs: set.DATABASE_QUERY_MS,
    arePrepared: set.DATABASE_PREPARED_STATEMENTS === 'on',
  });
}

async function open(): Promise<Store> {
  const { DATABASE_URL, ...set } = env();
  const opened = await openDatabase();
  const { database, durability, countConnections, isBroken, close } = opened;
  const keys = getKeys();
  const now = () => new Date();
  const requiredKeys = requiredKeyStore(database, keys, now);
  await requiredKeys.check();
  const leases = leaseStore(database, now);
  const purge = createPurge(database, now, {
    isEmbedded: !DATABASE_URL,
    onError: (kind, cause) => log({ event: 'purge.failed', kind, cause }),
  });
  return {
    drafts: draftStore(database, keys, now),
    ledger: ledgerStore(database, keys, now, {
      lease: set.SUBMISSION_LEASE_MS,
      firstLook: set.RECONCILE_AFTER_MS,
      hold: set.SUBMISSION_HOLD_MS,
    }),
    operations: operations(database, keys, now),
    usedLinks: usedLinkStore(database),
    agents: agentSessionStore(database, now),
    cases: caseStore(database, keys, now),
    audit: auditLog(database),
    anchorAudit: createAnchorWriter(database, leases, now),
    handovers: handoverStore(database, keys, now),
    helpRequests: helpRequestStore(database, keys, now),
    events: journeyEventStore(database, keys, now, (cause) => log({ event: 'figures.lost', cause })),
    privacy: privacyStore(database, keys, now),
    ...{ purge, purgeInBackground: createBackgroundPurge(purge, leases) },
    requiredKeys,
    failovers: DATABASE_URL
      ? failoverStore(database, keys, now, () => log({ event: 'database.failed-over' }))
      : NO_FAILOVERS,
    limits: limitStore(database, keys, readLimitPoints(set), now, (cause) => log({ event: 'limits.lost', cause })),
    ...{ isExclusive: !DATABASE_URL, durability, countConnections, isBroken },
    checkpoint: DATABASE_URL ? undefined : async () => void (await database.execute(sql`checkpoint`)),
    canWrite: () => canWrite(opened),
    close,
  };
}

import { and, eq, gt, inArray, isNotNull, isNull, lt, not, notExists, or, type SQL, sql } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Database } from './database.ts';
import { DRAFT_DAYS } from './drafts.ts';
import { type BatchResult, createRetentionBatches, type EndBatch } from './retention-batches.ts';
import {
  agentSessions,
  audit,
  auditAnchors,
  auditEntries,
  cases,
  claims,
  databaseIdentities,
  drafts,
  handoverDevices,
  handovers,
  helpRequests,
  journeyEvents,
  leases,
  limits,
  requiredKeys,
  submissionEvents,
  submissions,
  usedLinks,
} from './schema.ts';
import { expireSessions } from './session-expiry.ts';
import { fromNow, NOW_PARAM } from './statement-params.ts';
import { buildIncrement, createTransitions, IS_DUE } from './transitions.ts';

const DAY_MS = 86_400_000;
const DRAFT_MS = DRAFT_DAYS * DAY_MS;
const DECISION_MS = 30 * DAY_MS;
const CLOSED_CASE_MS = 30 * DAY_MS;
const HANDOVER_MS = 30 * DAY_MS;
/** A year and a month, so that a month can be compared with the same one a year before. */
const PROOF_MS = 400 * DAY_MS;
const HELP_REQUEST_MS = 10 * 60_000;
/** A link without an end of its own, from an early version. */
const LINK_MS = DAY_MS;

export type RetentionRule = {
  /** The name under which ended rows are counted. */
  kind: string;
  what: string;
  period: string;
  /** The table whose rows are deleted or end, or the columns that are emptied. */
  ends: PgTable | readonly PgColumn[];
  /** One after the other, each until it finds nothing more. */
  batches: readonly EndBatch[];
};

/** What is kept for good, and why. Everything else is in a rule of `createRetentionRules`. */
export const RETAINED_INDEFINITELY: readonly { what: PgTable | readonly PgColumn[]; why: string }[] = [
  {
    what: [
      submissions.id,
      submissions.draftId,
      submissions.draftVersion,
      submissions.state,
      submissions.consent,
      submissions.sendableUntil,
      submissions.holdsPhone,
      submissions.precheck,
      submissions.attempt,
      submissions.fence,
      submissions.leaseUntil,
      submissions.ambiguousSince,
      submissions.looks,
      submissions.reconciled,
      submissions.outcome,
      submissions.linkExpiresAt,
      submissions.transitions,
      submissions.createdAt,
      submissions.updatedAt,
    ],
    why: 'the proof of what was sent and agreed to: states, times and random ids',
  },
  { what: submissionEvents, why: 'the history of each submission, without values' },
  { what: audit, why: 'the proof of what agents and operators did, without values of customers' },
  { what: auditEntries, why: 'the same, in a chain for each shop' },
  { what: auditAnchors, why: 'heads of the chains, which show a cut one' },
  { what: requiredKeys, why: 'names and fingerprints of keys' },
  { what: leases, why: 'which instance does what one does for all' },
  { what: databaseIdentities, why: 'which Postgres served when, to know of fail-overs' },
];

/**
 * What is kept for a time, for how long, and what happens then. Rules are in the order in which they must run: what ends a
 * row comes before what empties or deletes it. Every period counts from the row's own times, so rows that were due long ago
 * are ended by one run.
 */
export function createRetentionRules(database: Database, now: () => Date): readonly RetentionRule[] {
  const { buildTransition } = createTransitions(database, now);
  const { lockRows, deleteRows, clearSubmissions } = createRetentionBatches(database);
  const getTimeBefore = (ms: number) => new Date(now().getTime() - ms);

  // By the draft's key, row by row: as a join, the planner may read all drafts that there are.
  const hasDraft = (id: PgColumn, time: SQL | Date) => {
    const draft = database
      .select({ isAlive: gt(drafts.expiresAt, time) })
      .from(drafts)
      .where(eq(drafts.id, id));
    return sql`coalesce(${draft}, false)`;
  };
  const findCase = (id: PgColumn) => database.select({ id: cases.id }).from(cases).where(eq(cases.id, id));
  const hasEnded = inArray(submissions.state, ['succeeded', 'refused', 'expired']);
  const endColumns = { sealedPayload: null, leaseUntil: null, fence: buildIncrement(submissions.fence) };

  const findSubmissions = (condition: SQL | undefined) =>
    lockRows(
      { key: submissions.id, orderColumn: submissions.leaseUntil, getCondition: () => condition },
      sql.placeholder('rows'),
    );
  const expireReceived = buildTransition(
    'expire_received',
    'expired',
    findSubmissions(and(eq(submissions.state, 'received'), IS_DUE, not(hasDraft(submissions.draftId, NOW_PARAM)))),
    endColumns,
  );
  const refuseUndecided = buildTransition(
    'refuse_undecided',
    'refused',
    findSubmissions(
      and(
        inArray(submissions.state, ['sending', 'ambiguous', 'reconciling', 'parked']),
        IS_DUE,
        lt(submissions.updatedAt, fromNow(-DECISION_MS)),
      ),
    ),
    { ...endColumns, outcome: 'refused' },
  );

  return [
    {
      kind: 'received',
      what: 'submissions that were never processed',
      period: 'until their draft ends',
      ends: [submissions.sealedPayload],
      batches: [
        async (rows) => ({
          rows: (await expireReceived({ rows }, { actor: 'reconciler', cause: 'draft ended' })).length,
        }),
      ],
    },
    {
      kind: 'undecided',
      what: 'submissions of unknown fate',
      period: '30 days after the last change, then refused',
      ends: [submissions.sealedPayload],
      batches: [
        async (rows) => ({
          rows: (await refuseUndecided({ rows }, { actor: 'reconciler', cause: 'no decision in time' })).length,
        }),
      ],
    },
    {
      kind: 'payloads',
      what: 'answers of submissions that have ended',
      period: 'emptied with the end',
      ends: [submissions.sealedPayload],
      batches: [
        clearSubmissions({ sealedPayload: null }, submissions.updatedAt, () =>
          and(isNotNull(submissions.sealedPayload), hasEnded),
        ),
      ],
    },
    {
      kind: 'links',
      what: 'session links',
      period: '24 hours',
      ends: [submissions.sealedLink],
      batches: [
        clearSubmissions({ sealedLink: null }, submissions.linkExpiresAt, () =>
          and(isNotNull(submissions.sealedLink), lt(submissions.linkExpiresAt, now())),
        ),
        clearSubmissions({ sealedLink: null }, submissions.linkExpiresAt, () =>
          and(
            isNotNull(submissions.sealedLink),
            isNull(submissions.linkExpiresAt),
            lt(submissions.updatedAt, getTimeBefore(LINK_MS)),
          ),
        ),
      ],
    },
    {
      kind: 'hashes',
      what: 'keyed hashes of phones in the ledger (and of e-mails, from earlier versions)',
      period: '400 days',
      ends: [submissions.phoneHash, submissions.emailHash],
      batches: [
        clearSubmissions({ phoneHash: null, emailHash: null }, submissions.createdAt, () =>
          and(
            or(isNotNull(submissions.phoneHash), isNotNull(submissions.emailHash)),
            lt(submissions.createdAt, getTimeBefore(PROOF_MS)),
            hasEnded,
          ),
        ),
      ],
    },
    {
      kind: 'claims',
      what: 'keyed hashes of phones that a draft is sent for',
      period: 'until it has ended, or its time to be sent has',
      ends: claims,
      batches: [deleteRows(claims.hash, claims.until, () => lt(claims.until, now()))],
    },
    {
      kind: 'drafts',
      what: 'answers that were not sent',
      period: '7 days after the last change',
      ends: drafts,
      batches: [deleteRows(drafts.id, drafts.expiresAt, () => lt(drafts.expiresAt, now()))],
    },
    {
      kind: 'openCases',
      what: 'open cases',
      period: 'closed 7 days after the last change, or when their draft has ended',
      ends: [cases.state],
      batches: [closeIdleCases],
    },
    {
      kind: 'cases',
      what: 'closed cases: name and phone for the list',
      period: '30 days after they were closed',
      ends: cases,
      batches: [
        deleteRows(cases.id, cases.updatedAt, () =>
          and(eq(cases.state, 'closed'), lt(cases.updatedAt, getTimeBefore(CLOSED_CASE_MS))),
        ),
      ],
    },
    {
      kind: 'handovers',
      what: 'hand-overs: link and code',
      period: 'a day after they ran out; of a device that is in the case, with the case, 30 days at most',
      ends: handovers,
      batches: [
        deleteRows(handovers.id, handovers.expiresAt, () =>
          or(
            notExists(findCase(handovers.caseId)),
            lt(handovers.expiresAt, getTimeBefore(HANDOVER_MS)),
            and(
              lt(handovers.expiresAt, getTimeBefore(DAY_MS)),
              or(isNull(handovers.openedAt), isNotNull(handovers.stoppedAt)),
            ),
          ),
        ),
      ],
    },
    {
      kind: 'devices',
      what: 'devices of a hand-over',
      period: 'when they run out without the agent’s yes, or with their hand-over',
      ends: handoverDevices,
      batches: [
        deleteRows(handoverDevices.id, handoverDevices.expiresAt, () =>
          or(
            notExists(
              database.select({ id: handovers.id }).from(handovers).where(eq(handovers.id, handoverDevices.handoverId)),
            ),
            and(isNull(handoverDevices.confirmedAt), lt(handoverDevices.expiresAt, now())),
          ),
        ),
      ],
    },
    {
      kind: 'helpRequests',
      what: 'requests for help: the draft’s token and a code',
      period: '10 minutes after they ran out',
      ends: helpRequests,
      batches: [
        deleteRows(helpRequests.id, helpRequests.expiresAt, () =>
          lt(helpRequests.expiresAt, getTimeBefore(HELP_REQUEST_MS)),
        ),
      ],
    },
    {
      kind: 'expiredSessions',
      what: 'agents’ sessions whose time has run out',
      period: 'ended, with an entry in the audit, at the latest an hour after that',
      ends: [agentSessions.revokedAt],
      batches: [async (rows) => ({ rows: await expireSessions(database, now(), rows) })],
    },
    {
      kind: 'sessions',
      what: 'agents’ sessions: subject, name, role and shop',
      period: 'a day',
      ends: agentSessions,
      // What has not been ended has no entry in the audit yet.
      batches: [
        deleteRows(agentSessions.id, agentSessions.createdAt, () =>
          and(isNotNull(agentSessions.revokedAt), lt(agentSessions.createdAt, getTimeBefore(DAY_MS))),
        ),
      ],
    },
    {
      kind: 'usedLinks',
      what: 'ids of partner links that were used',
      period: 'until they run out',
      ends: usedLinks,
      batches: [deleteRows(usedLinks.id, usedLinks.expiresAt, () => lt(usedLinks.expiresAt, now()))],
    },
    {
      kind: 'limits',
      what: 'counters, by keyed hashes',
      period: 'until their window ends',
      ends: limits,
      batches: [
        deleteRows(limits.key, limits.expire, () => lt(limits.expire, now())),
        deleteRows(limits.key, limits.expire, () => isNull(limits.expire)),
      ],
    },
    {
      kind: 'events',
      what: 'events for the figures, with the agent’s id of an assisted journey',
      period: '400 days',
      ends: journeyEvents,
      batches: [
        deleteRows(journeyEvents.sequence, journeyEvents.at, () => lt(journeyEvents.at, getTimeBefore(PROOF_MS))),
      ],
    },
  ];

  /** Closes cases as of the moment at which they became idle: the days of a closed case count from there. */
  async function closeIdleCases(rows: number): Promise<BatchResult> {
    const isIdle = or(
      lt(cases.updatedAt, getTimeBefore(DRAFT_MS)),
      and(isNotNull(cases.draftId), not(hasDraft(cases.draftId, now()))),
    );
    const idle = {
      key: cases.id,
      orderColumn: cases.updatedAt,
      getCondition: () => and(eq(cases.state, 'open'), isIdle),
    };
    const idleSince = sql<Date>`least(${now().toISOString()}::timestamptz, ${cases.updatedAt} + ${DRAFT_MS} * interval '1 millisecond')`;
    const closedRows = await database
      .update(cases)
      .set({ state: 'closed', updatedAt: idleSince })
      .where(lockRows(idle, rows))
      .returning({ id: cases.id });
    return { rows: closedRows.length };
  }
}

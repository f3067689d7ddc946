import { and, eq, isNotNull, isNull, lt, not, notExists, or, sql } from 'drizzle-orm';
import { DAY_MS } from '../../domain/time.ts';
import { agentSessions, cases, handoverDevices, handovers, helpRequests } from '../schema.ts';
import { expireSessions } from '../session-expiry.ts';
import type { EndBatch } from './batches.ts';
import { DRAFT_MS, type RetentionContext, type RetentionRule } from './rule.ts';

const CLOSED_CASE_MS = 30 * DAY_MS;
const HANDOVER_MS = 30 * DAY_MS;
const HELP_REQUEST_MS = 10 * 60_000;

/** Returns the rules of cases, hand-overs, help requests and agents' sessions. */
export function createConsoleRules(context: RetentionContext): readonly RetentionRule[] {
  return [
    ...createCaseRules(context),
    createHandoverRule(context),
    createDeviceRule(context),
    createHelpRequestRule(context),
    ...createSessionRules(context),
  ];
}

function createCaseRules(context: RetentionContext): readonly RetentionRule[] {
  const { getTimeBefore, createDeletion } = context;
  return [
    {
      kind: 'openCases',
      what: 'open cases',
      period: 'closed 7 days after the last change, or when their draft has ended',
      ends: [cases.state],
      batches: [createIdleCaseClosing(context)],
    },
    {
      kind: 'cases',
      what: 'closed cases: name and phone for the list',
      period: '30 days after they were closed',
      ends: cases,
      batches: [
        createDeletion(cases.id, cases.updatedAt, () =>
          and(eq(cases.state, 'closed'), lt(cases.updatedAt, getTimeBefore(CLOSED_CASE_MS))),
        ),
      ],
    },
  ];
}

function createHandoverRule({ database, getTimeBefore, createDeletion }: RetentionContext): RetentionRule {
  const findCase = database.select({ id: cases.id }).from(cases).where(eq(cases.id, handovers.caseId));
  return {
    kind: 'handovers',
    what: 'hand-overs: link and code',
    period: 'a day after they expired; while a device has the case, as long as the case, 30 days at most',
    ends: handovers,
    batches: [
      createDeletion(handovers.id, handovers.expiresAt, () =>
        or(
          notExists(findCase),
          lt(handovers.expiresAt, getTimeBefore(HANDOVER_MS)),
          and(
            lt(handovers.expiresAt, getTimeBefore(DAY_MS)),
            or(isNull(handovers.openedAt), isNotNull(handovers.stoppedAt)),
          ),
        ),
      ),
    ],
  };
}

function createDeviceRule({ database, now, createDeletion }: RetentionContext): RetentionRule {
  return {
    kind: 'devices',
    what: 'devices of a hand-over',
    period: 'until they expire unconfirmed, or as long as their hand-over',
    ends: handoverDevices,
    batches: [
      createDeletion(handoverDevices.id, handoverDevices.expiresAt, () =>
        or(
          notExists(
            database.select({ id: handovers.id }).from(handovers).where(eq(handovers.id, handoverDevices.handoverId)),
          ),
          and(isNull(handoverDevices.confirmedAt), lt(handoverDevices.expiresAt, now())),
        ),
      ),
    ],
  };
}

function createHelpRequestRule({ getTimeBefore, createDeletion }: RetentionContext): RetentionRule {
  return {
    kind: 'helpRequests',
    what: 'requests for help: the draft’s token and a code',
    period: '10 minutes after they expired',
    ends: helpRequests,
    batches: [
      createDeletion(helpRequests.id, helpRequests.expiresAt, () =>
        lt(helpRequests.expiresAt, getTimeBefore(HELP_REQUEST_MS)),
      ),
    ],
  };
}

function createSessionRules({
  database,
  now,
  getTimeBefore,
  createDeletion,
}: RetentionContext): readonly RetentionRule[] {
  return [
    {
      kind: 'expiredSessions',
      what: 'agents’ sessions that have expired',
      period: 'ended, with an entry in the audit, at the latest an hour after that',
      ends: [agentSessions.revokedAt],
      batches: [async (rows) => ({ rows: await expireSessions(database, now(), rows) })],
    },
    {
      kind: 'sessions',
      what: 'agents’ sessions: subject, name, role and shop',
      period: 'a day',
      ends: agentSessions,
      // A session that has not been ended has no entry in the audit yet.
      batches: [
        createDeletion(agentSessions.id, agentSessions.createdAt, () =>
          and(isNotNull(agentSessions.revokedAt), lt(agentSessions.createdAt, getTimeBefore(DAY_MS))),
        ),
      ],
    },
  ];
}

/** Closes cases as of the time at which they became idle, from which the period of closed cases counts. */
function createIdleCaseClosing({
  database,
  now,
  getTimeBefore,
  hasDraft,
  buildLockedRows,
}: RetentionContext): EndBatch {
  return async (rows) => {
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
      .where(buildLockedRows(idle, rows))
      .returning({ id: cases.id });
    return { rows: closedRows.length };
  };
}

import { eq, gt, isNull, lt, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { DAY_MS } from '../../domain/time.ts';
import type { EventSubscription } from '../application-events/write-event.ts';
import type { Database } from '../database.ts';
import { drafts, journeyEvents, limits, partnerReferences, usedLinks } from '../schema.ts';
import { createRetentionBatches } from './batches.ts';
import { createConsoleRules } from './console-rules.ts';
import { LONG_PERIOD_MS, type RetentionContext, type RetentionRule } from './rule.ts';
import { createSubmissionRules } from './submission-rules.ts';
import { createWebhookRules } from './webhook-rules.ts';

/**
 * Returns the rules of data that is kept for a period, in the order in which they must run: the rule that ends a row comes
 * before the rules that empty or delete it. Periods count from the row's own times, so one run ends all overdue rows.
 */
export function createRetentionRules(
  database: Database,
  now: () => Date,
  subscriptions: readonly EventSubscription[] = [],
): readonly RetentionRule[] {
  const context = createContext(database, now, subscriptions);
  return [
    ...createSubmissionRules(context),
    createDraftRule(context),
    ...createConsoleRules(context),
    ...createWebhookRules(context),
    ...createCounterRules(context),
  ];
}

function createContext(
  database: Database,
  now: () => Date,
  subscriptions: readonly EventSubscription[],
): RetentionContext {
  return {
    ...createRetentionBatches(database),
    database,
    now,
    subscriptions,
    getTimeBefore: (ms) => new Date(now().getTime() - ms),
    // A subquery by the draft's key for each row: for a join, Postgres may plan a scan of all drafts.
    hasDraft(id: PgColumn, time: SQL | Date) {
      const draft = database
        .select({ isAlive: gt(drafts.expiresAt, time) })
        .from(drafts)
        .where(eq(drafts.id, id));
      return sql`coalesce(${draft}, false)`;
    },
  };
}

function createDraftRule({ now, createDeletion }: RetentionContext): RetentionRule {
  return {
    kind: 'drafts',
    what: 'answers that were not sent',
    period: '7 days after the last change',
    ends: drafts,
    batches: [createDeletion(drafts.id, drafts.expiresAt, () => lt(drafts.expiresAt, now()))],
  };
}

/** A decision about a submission comes at most 37 days after its link; the rest lets the partner reconcile its books. */
const PARTNER_REFERENCE_MS = 90 * DAY_MS;

/** Returns the rules of used links, rate limits and events of the statistics. */
function createCounterRules({ now, getTimeBefore, createDeletion }: RetentionContext): readonly RetentionRule[] {
  return [
    {
      kind: 'usedLinks',
      what: 'ids of partner links, of requests to wallets and of exits from partners’ frames that were used',
      period: 'until they expire',
      ends: usedLinks,
      batches: [createDeletion(usedLinks.id, usedLinks.expiresAt, () => lt(usedLinks.expiresAt, now()))],
    },
    {
      kind: 'partnerReferences',
      what: "keyed hashes of partners' references, with the draft's id",
      period: '90 days after the link was used',
      ends: partnerReferences,
      batches: [
        createDeletion(partnerReferences.draftId, partnerReferences.createdAt, () =>
          lt(partnerReferences.createdAt, getTimeBefore(PARTNER_REFERENCE_MS)),
        ),
      ],
    },
    {
      kind: 'limits',
      what: 'counters, by keyed hashes',
      period: 'until their window ends',
      ends: limits,
      batches: [
        createDeletion(limits.key, limits.expire, () => lt(limits.expire, now())),
        createDeletion(limits.key, limits.expire, () => isNull(limits.expire)),
      ],
    },
    {
      kind: 'events',
      what: 'events for the statistics; those of an assisted journey have the agent’s id',
      period: '400 days',
      ends: journeyEvents,
      batches: [
        createDeletion(journeyEvents.sequence, journeyEvents.at, () =>
          lt(journeyEvents.at, getTimeBefore(LONG_PERIOD_MS)),
        ),
      ],
    },
  ];
}

import { and, eq, inArray, lt, not, notExists, sql } from 'drizzle-orm';
import { DAY_MS } from '../../domain/time.ts';
import { applications, submissions, webhookEvents } from '../schema.ts';
import type { RetentionContext, RetentionRule } from './rule.ts';

/** An operator may deliver an event again for so long. */
const EVENT_MS = 30 * DAY_MS;
const APPLICATION_MS = 30 * DAY_MS;
const LIVE_STATES = ['received', 'sending', 'ambiguous', 'reconciling', 'parked'] as const;

/** Returns the rules of events for the partner's server. The body of an event is built from its application at each attempt. */
export function createWebhookRules(context: RetentionContext): readonly RetentionRule[] {
  const { getTimeBefore, createDeletion } = context;
  return [
    {
      kind: 'webhookEvents',
      what: 'events for the partner’s server, delivered or not',
      period: '30 days',
      ends: webhookEvents,
      batches: [
        createDeletion(webhookEvents.id, webhookEvents.at, () => lt(webhookEvents.at, getTimeBefore(EVENT_MS))),
      ],
    },
    createApplicationRule(context),
  ];
}

function createApplicationRule({
  database,
  hasDraft,
  now,
  getTimeBefore,
  createDeletion,
}: RetentionContext): RetentionRule {
  const liveSubmission = database
    .select({ id: submissions.id })
    .from(submissions)
    .where(and(eq(submissions.draftId, applications.id), inArray(submissions.state, LIVE_STATES)));
  // A subquery by the event's draft for each row: for a join, Postgres may plan a scan of all events.
  const event = database
    .select({ isKept: sql`true` })
    .from(webhookEvents)
    .where(eq(webhookEvents.draftId, applications.id))
    .limit(1);
  return {
    kind: 'applications',
    what: 'the draft’s token and the partner’s reference, for events',
    period: '30 days after the start, but not before the draft, its submission and its events have ended',
    ends: applications,
    batches: [
      createDeletion(applications.id, applications.createdAt, () =>
        and(
          lt(applications.createdAt, getTimeBefore(APPLICATION_MS)),
          not(hasDraft(applications.id, now())),
          notExists(liveSubmission),
          not(sql`coalesce(${event}, false)`),
        ),
      ),
    ],
  };
}

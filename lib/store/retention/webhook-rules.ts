import { and, eq, inArray, lt, not, notExists } from 'drizzle-orm';
import { DAY_MS } from '../../domain/time.ts';
import { applications, submissions, webhookEvents } from '../schema.ts';
import type { RetentionContext, RetentionRule } from './rule.ts';

/** An operator may deliver an event again for so long. */
const EVENT_MS = 30 * DAY_MS;
/** After its draft, an application is kept for the attempts to deliver its last event. */
const APPLICATION_MS = 30 * DAY_MS;
const LIVE_STATES = ['received', 'sending', 'ambiguous', 'reconciling', 'parked'] as const;

/** Returns the rules of events for the partner's server. */
export function createWebhookRules({
  database,
  hasDraft,
  now,
  getTimeBefore,
  createDeletion,
}: RetentionContext): readonly RetentionRule[] {
  const liveSubmission = database
    .select({ id: submissions.id })
    .from(submissions)
    .where(and(eq(submissions.draftId, applications.id), inArray(submissions.state, LIVE_STATES)));
  return [
    {
      kind: 'applications',
      what: 'the draft’s token and the partner’s reference, for events',
      period: '30 days after the start, but not before the draft and its submission have ended',
      ends: applications,
      batches: [
        createDeletion(applications.id, applications.createdAt, () =>
          and(
            lt(applications.createdAt, getTimeBefore(APPLICATION_MS)),
            not(hasDraft(applications.id, now())),
            notExists(liveSubmission),
          ),
        ),
      ],
    },
    {
      kind: 'webhookEvents',
      what: 'events for the partner’s server, delivered or not',
      period: '30 days',
      ends: webhookEvents,
      batches: [
        createDeletion(webhookEvents.id, webhookEvents.at, () => lt(webhookEvents.at, getTimeBefore(EVENT_MS))),
      ],
    },
  ];
}

import { sql } from 'drizzle-orm';
import { index, integer, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import type { ApplicationEvent, EventDecision } from '../../domain/events/application-event.ts';
import { buildTimestamp } from './timestamp.ts';

/** Applications of deployments with webhooks. `id` is the draft's id, which all events of an application name. */
export const applications = pgTable(
  'applications',
  {
    id: text('draft_id').primaryKey(),
    /** The draft's token and the partner's reference. */
    sealed: text('sealed').notNull(),
    createdAt: buildTimestamp('created_at').notNull(),
    /** The draft's end when it was last reported as stalled. A save moves the draft's end, so it may be reported again. */
    stalledFor: buildTimestamp('stalled_for'),
    /** How often it was reported as stalled. */
    stalls: integer('stalls').notNull().default(0),
    /** The hash of the token of the link that continues it, until the link is used. */
    resumeHash: text('resume_hash'),
    resumeUntil: buildTimestamp('resume_until'),
    /** Tries to open that link. */
    resumeTries: integer('resume_tries').notNull().default(0),
  },
  (table) => [index('applications_created_at').on(table.createdAt), index('applications_resume').on(table.resumeHash)],
);

/** Events for the partner's server: one row for each event and endpoint, without personal data. */
export const webhookEvents = pgTable(
  'webhook_events',
  {
    /** The `webhook-id` of every attempt. It is computed from the row that changed, so that no event has two rows. */
    id: text('id').notNull(),
    draftId: text('draft_id').notNull(),
    endpoint: text('endpoint').notNull(),
    /** The order of the events of one draft and endpoint. Events at the same time may share a number. */
    position: integer('position').notNull(),
    type: text('type').$type<ApplicationEvent['type']>().notNull(),
    submissionId: uuid('submission_id'),
    decision: text('decision').$type<EventDecision>(),
    /** Of a stalled draft: which one of its reports, and when the link ends. */
    stall: integer('stall'),
    linkUntil: buildTimestamp('link_until'),
    at: buildTimestamp('at').notNull(),
    state: text('state', { enum: ['pending', 'delivered', 'failed'] }).notNull(),
    /** Each attempt increments it; a write that names an older one changes nothing. */
    attempts: integer('attempts').notNull(),
    /** The next attempt, or the end of the lease of the present one. */
    dueAt: buildTimestamp('due_at').notNull(),
    /** From then on, three days of attempts. */
    retryFrom: buildTimestamp('retry_from').notNull(),
    /** How the last attempt ended: a status or the code of an error. */
    result: text('result'),
  },
  (table) => [
    primaryKey({ columns: [table.id, table.draftId] }),
    index('webhook_events_draft').on(table.draftId, table.endpoint, table.position),
    index('webhook_events_due').on(table.endpoint, table.dueAt).where(sql`state = 'pending'`),
    index('webhook_events_at').on(table.at),
  ],
);

import { sql } from 'drizzle-orm';
import { boolean, index, integer, jsonb, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { type ConsentRecord, SUBMISSION_STATES } from '../../domain/submission.ts';
import { buildTimestamp } from './timestamp.ts';

/**
 * The ledger: one row per submitted draft, committed before the first byte leaves; it outlives the draft. These indexes and
 * conditional updates on `state` and `fence` arbitrate between clicks, tabs, instances and the reconciler.
 */
export const submissions = pgTable(
  'submissions',
  {
    id: uuid('id').primaryKey(),
    draftId: text('draft_id').notNull(),
    /** The submitted version of the draft. With `draftId` it makes a repeat the same submission. */
    draftVersion: integer('draft_version').notNull(),
    state: text('state', { enum: SUBMISSION_STATES }).notNull(),
    /** Keyed hashes: they match the same person again and do not reveal the value. */
    phoneHash: text('phone_hash'),
    emailHash: text('email_hash'),
    /** The customer's consent. Rows from before 0002 have none. */
    consent: jsonb('consent').$type<ConsentRecord>(),
    /** The request body, until the upstream has given a definite answer. */
    sealedPayload: text('sealed_payload'),
    /** After this the body must not be sent: the vendor deletes the card's security code. */
    sendableUntil: buildTimestamp('sendable_until'),
    /** For instances of the version before `claims`: whether `submissions_phone_held` has the row. */
    holdsPhone: boolean('holds_phone').notNull().default(true),
    /** The upstream's answer about the phone just before the last claim. */
    precheck: text('precheck', { enum: ['absent', 'present', 'unknown'] }),
    /** Claims so far: an upper bound of the calls that were made. */
    attempt: integer('attempt').notNull().default(0),
    /** Each claim and take-over increments it; a write that names an older fence changes nothing. */
    fence: integer('fence').notNull().default(0),
    /** Until then only the holder changes the row. Of an ambiguous row: the time of the first lookup. */
    leaseUntil: buildTimestamp('lease_until'),
    ambiguousSince: buildTimestamp('ambiguous_since'),
    /** Lookups that found no user since the row became ambiguous. */
    absences: integer('looks').notNull().default(0),
    /** How often lookups have proved that no call had arrived. */
    reconciled: integer('reconciled').notNull().default(0),
    /** Of a refusal: its target in the catalogue of upstream responses. */
    outcome: text('outcome'),
    sealedLink: text('sealed_link'),
    linkExpiresAt: buildTimestamp('link_expires_at'),
    /** Transitions so far; each has its row in `submission_events`. */
    transitions: integer('transitions').notNull().default(0),
    createdAt: buildTimestamp('created_at').notNull(),
    updatedAt: buildTimestamp('updated_at').notNull(),
  },
  (table) => [
    // A double click, a second tab, a second instance: one live call per draft, ever.
    uniqueIndex('submissions_one_live')
      .on(table.draftId)
      .where(sql`state in ('received', 'sending', 'succeeded', 'ambiguous', 'reconciling', 'parked', 'unknown')`),
    // The same answers make one submission. (`not-sent` rows are from before 0001.)
    uniqueIndex('submissions_one_per_version')
      .on(table.draftId, table.draftVersion)
      .where(sql`${table.state} <> 'not-sent'`),
    // Keeps instances of the version before `claims` apart from this one, until `npm run migrate -- --contract`.
    uniqueIndex('submissions_phone_held')
      .on(table.phoneHash)
      .where(sql`holds_phone and state in ('received', 'sending', 'ambiguous', 'reconciling', 'parked', 'unknown')`),
    index('submissions_draft').on(table.draftId, table.createdAt),
    // Finds calls of other drafts for the same person, for the few ambiguous submissions.
    index('submissions_phone').on(table.phoneHash),
    // Partial: most rows of a growing ledger have ended and are not in it. The state is first, because received rows can be many
    // after an outage, and the reconciler asks for the other states all the time.
    index('submissions_open_by_state')
      .on(table.state, table.leaseUntil)
      .where(sql`state in ('received', 'sending', 'ambiguous', 'reconciling', 'parked')`),
    index('submissions_parked').on(table.updatedAt).where(sql`state = 'parked'`),
    index('submissions_links').on(table.linkExpiresAt).where(sql`sealed_link is not null`),
    // Rows that retention ends or empties.
    index('submissions_payloads').on(table.updatedAt).where(sql`sealed_payload is not null`),
    index('submissions_hashes').on(table.createdAt).where(sql`phone_hash is not null or email_hash is not null`),
  ],
);

/** The draft that may be sent for a phone: one at a time, across devices (docs/decisions/0108 and 0126). */
export const claims = pgTable(
  'claims',
  {
    /** The keyed hash of the phone. */
    hash: text('hash').primaryKey(),
    draftId: text('draft_id').notNull(),
    /** From then on another draft may take it. */
    until: buildTimestamp('until').notNull(),
  },
  (table) => [index('claims_until').on(table.until)],
);

/** The history of each submission: one row per transition, never changed, without personal data. */
export const submissionEvents = pgTable(
  'submission_events',
  {
    submissionId: uuid('submission_id').notNull(),
    /** The submission's draft. Rows of the version before have none until `npm run migrate -- --contract`. */
    draftId: text('draft_id'),
    sequence: integer('sequence').notNull(),
    state: text('state', { enum: SUBMISSION_STATES }).notNull(),
    attempt: integer('attempt').notNull(),
    fence: integer('fence').notNull(),
    actor: text('actor', { enum: ['customer', 'reconciler', 'operator'] }).notNull(),
    /** A short reason for operators, such as `HTTP 500` or `ECONNRESET`. */
    cause: text('cause'),
    at: buildTimestamp('at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.submissionId, table.sequence] })],
);

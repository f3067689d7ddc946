import { sql } from 'drizzle-orm';
import { index, integer, pgTable, text, timestamp, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { SUBMISSION_STATES } from '../domain/submission.ts';

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' });

/** Answers on their way. `id` is the hash of the cookie's token: reading this table opens nobody's draft. */
export const drafts = pgTable(
  'drafts',
  {
    id: text('id').primaryKey(),
    /** Grows with every save; a save names the version that it read. */
    version: integer('version').notNull(),
    sealed: text('sealed').notNull(),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (table) => [index('drafts_expires_at').on(table.expiresAt)],
);

/** One row per call that we set out to make, written before its first byte. It outlives the draft. */
export const submissions = pgTable(
  'submissions',
  {
    id: uuid('id').primaryKey().defaultRandom(),
    draftId: text('draft_id').notNull(),
    /** The version of the draft that was sent. */
    draftVersion: integer('draft_version').notNull(),
    state: text('state', { enum: SUBMISSION_STATES }).notNull(),
    sealedLink: text('sealed_link'),
    createdAt: moment('created_at').notNull(),
    updatedAt: moment('updated_at').notNull(),
  },
  (table) => [
    // The arbiter between a double click, a second tab and a second instance: one live call per draft, ever.
    uniqueIndex('submissions_one_live')
      .on(table.draftId)
      .where(sql`${table.state} in ('sending', 'succeeded', 'unknown')`),
    // The same answers are not sent again after a refusal either; only a call that never left may be made anew.
    uniqueIndex('submissions_one_per_version')
      .on(table.draftId, table.draftVersion)
      .where(sql`${table.state} <> 'not-sent'`),
    index('submissions_draft').on(table.draftId, table.createdAt),
  ],
);

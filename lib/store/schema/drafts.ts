import { index, integer, pgTable, text } from 'drizzle-orm/pg-core';
import { buildTimestamp } from './timestamp.ts';

/** Answers before they are submitted. `id` is the hash of the cookie's token, so this table's rows open no draft. */
export const drafts = pgTable(
  'drafts',
  {
    id: text('id').primaryKey(),
    /** Each save increments it and names the version that it read. */
    version: integer('version').notNull(),
    sealed: text('sealed').notNull(),
    createdAt: buildTimestamp('created_at').notNull(),
    expiresAt: buildTimestamp('expires_at').notNull(),
  },
  (table) => [index('drafts_expires_at').on(table.expiresAt)],
);

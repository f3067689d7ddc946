import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { buildTimestamp } from './timestamp.ts';

/** Used partner links: each link starts one journey. `id` is the hash of the link's id. */
export const usedLinks = pgTable(
  'used_links',
  { id: text('id').primaryKey(), expiresAt: buildTimestamp('expires_at').notNull() },
  (table) => [index('used_links_expires_at').on(table.expiresAt)],
);

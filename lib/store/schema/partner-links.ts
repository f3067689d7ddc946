import { index, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { buildTimestamp } from './timestamp.ts';

/** Used partner links: each link starts one journey. `id` is the hash of the link's id. */
export const usedLinks = pgTable(
  'used_links',
  { id: text('id').primaryKey(), expiresAt: buildTimestamp('expires_at').notNull() },
  (table) => [index('used_links_expires_at').on(table.expiresAt)],
);

/** Applications by the partner's reference. The keyed hash finds the draft and does not reveal the reference. */
export const partnerReferences = pgTable(
  'partner_references',
  {
    referenceHash: text('reference_hash').notNull(),
    draftId: text('draft_id').notNull(),
    createdAt: buildTimestamp('created_at').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.referenceHash, table.draftId] }),
    index('partner_references_draft').on(table.draftId),
    index('partner_references_created').on(table.createdAt),
  ],
);

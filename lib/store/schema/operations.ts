import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { buildTimestamp } from './timestamp.ts';

/** Fingerprints of keys that rows need: a server without one of them must not start. `npm run keys` removes unused data keys. */
export const requiredKeys = pgTable(
  'required_keys',
  {
    purpose: text('purpose', { enum: ['data', 'hash'] }).notNull(),
    id: text('id').notNull(),
    fingerprint: text('fingerprint').notNull(),
    createdAt: buildTimestamp('created_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.purpose, table.id] })],
);

/** The Postgres servers of this database: system identifier and timeline, which changes with each failover. */
export const databaseIdentities = pgTable('database_identities', {
  identity: text('identity').primaryKey(),
  seenAt: buildTimestamp('seen_at').notNull(),
});

/** The instance that does shared work, such as the purge, and the end of its lease. */
export const leases = pgTable('leases', {
  name: text('name').primaryKey(),
  holder: text('holder').notNull(),
  expiresAt: buildTimestamp('expires_at').notNull(),
});

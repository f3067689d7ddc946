import { sql } from 'drizzle-orm';
import { index, integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { AuditEntry } from '../../domain/assist/audit.ts';
import { buildTimestamp } from './timestamp.ts';

/** The audit of earlier versions, which still append to it: one chain of hashes, append-only, without values. */
export const audit = pgTable(
  'audit',
  {
    sequence: integer('sequence').primaryKey(),
    entry: jsonb('entry').$type<AuditEntry>().notNull(),
    previous: text('previous').notNull(),
    hash: text('hash').notNull(),
  },
  // Finds the actions on one case and the source of its answers.
  (table) => [index('audit_case').on(sql`(${table.entry} ->> 'caseId')`)],
);

/** The audit of the console: one chain of hashes per shop, append-only, without values. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    chain: text('chain').notNull(),
    sequence: integer('sequence').notNull(),
    /** Copies of the entry's case and time, for the indexes. */
    caseId: text('case_id'),
    at: buildTimestamp('at').notNull(),
    entry: jsonb('entry').$type<AuditEntry>().notNull(),
    previous: text('previous').notNull(),
    hash: text('hash').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.chain, table.sequence] }),
    index('audit_entries_case').on(table.caseId),
    index('audit_entries_at').on(table.at),
  ],
);

/** The root chain: the heads of the other chains at some time; append-only. */
export const auditAnchors = pgTable(
  'audit_anchors',
  {
    sequence: integer('sequence').primaryKey(),
    at: buildTimestamp('at').notNull(),
    chain: text('chain').notNull(),
    chainSequence: integer('chain_sequence').notNull(),
    chainHead: text('chain_head').notNull(),
    previous: text('previous').notNull(),
    hash: text('hash').notNull(),
  },
  (table) => [index('audit_anchors_chain').on(table.chain, table.chainSequence)],
);

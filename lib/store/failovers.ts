import { and, eq, gt, lt, not, notExists, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Keys } from '../crypto/encryption.ts';
import { computeKeyedHash } from '../crypto/keyed-hash.ts';
import type { Database } from './database.ts';
import { databaseIdentities, drafts, submissions } from './schema.ts';
import { StoreError } from './store-error.ts';
import { selectNotArrivedDecisions } from './submissions/decisions.ts';

/** Includes drafts created this long after a failover: a customer whose draft was lost begins again. */
const DRAFT_GRACE = sql`interval '1 hour'`;

/** The call was not processed, or the upstream refused it, and no user of the phone was known before. */
const HAS_CREATED_NO_USER = sql`(${submissions.state} in ('expired', 'received')
  or (${submissions.state} = 'refused' and coalesce(${submissions.precheck}, '') <> 'present'))`;

/** The function is missing or not permitted, as on some managed databases, or the server is recovering. */
const UNKNOWN_IDENTITY = new Set(['42883', '42501', '0A000', '55000']);

/** The timeline is the first part of a write-ahead log file's name (PostgreSQL manual, 9.28.3). */
const IDENTITY = sql<string>`(select system_identifier from pg_control_system())::text || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8)`;

export type FailoverDetector = {
  /** Records the identity of a new Postgres server. One process reports each failover. */
  recordIdentity: () => Promise<void>;
  /**
   * Returns whether a failover may have lost the row of a call for this draft and phone: the draft is from before the
   * failover or soon after it, and no row records a call that may have created the phone's user.
   */
  hasPossibleLostCall: (call: { draftId: string; phone: string }) => Promise<boolean>;
};

/** The embedded database has no failovers. */
export const NO_FAILOVERS: FailoverDetector = {
  recordIdentity: async () => {},
  hasPossibleLostCall: async () => false,
};

/**
 * Creates a detector of failovers. With asynchronous replication the new primary may lack the last commits, including the
 * row of a call that was made.
 *
 * @param onFailover called by the process that recorded the new server
 */
export function createFailoverDetector(
  database: Database,
  keys: Keys,
  now: () => Date,
  onFailover: () => void = () => {},
): FailoverDetector {
  async function readIdentity(): Promise<string | undefined> {
    try {
      const { rows } = await database.execute<{ identity: string }>(sql`select ${IDENTITY} as identity`);
      return rows[0]?.identity;
    } catch (error) {
      if (error instanceof StoreError && UNKNOWN_IDENTITY.has(error.code)) return undefined;
      throw error;
    }
  }

  async function recordIdentity(): Promise<void> {
    const identity = await readIdentity();
    if (identity === undefined) return;
    const insertedRows = await database
      .insert(databaseIdentities)
      .values({ identity, seenAt: now() })
      .onConflictDoNothing()
      .returning({ identity: databaseIdentities.identity });
    if (insertedRows.length > 0 && (await database.$count(databaseIdentities)) > 1) onFailover();
  }

  return {
    recordIdentity,
    async hasPossibleLostCall({ draftId, phone }) {
      await recordIdentity();
      const earlier = alias(databaseIdentities, 'earlier');
      const phoneHash = computeKeyedHash(phone, 'phone', keys);
      const calls = database
        .select({ id: submissions.id })
        .from(submissions)
        .where(and(eq(submissions.phoneHash, phoneHash), gt(submissions.attempt, 0), not(HAS_CREATED_NO_USER)));
      const rows = await database
        .select({ identity: databaseIdentities.identity })
        .from(databaseIdentities)
        .innerJoin(earlier, lt(earlier.seenAt, databaseIdentities.seenAt))
        .innerJoin(drafts, lt(drafts.createdAt, sql`${databaseIdentities.seenAt} + ${DRAFT_GRACE}`))
        .where(and(eq(drafts.id, draftId), notExists(calls), notExists(selectNotArrivedDecisions(database, draftId))))
        .limit(1);
      return rows.length > 0;
    },
  };
}

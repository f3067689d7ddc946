import { and, eq, gt, lt, not, notExists, sql } from 'drizzle-orm';
import { alias } from 'drizzle-orm/pg-core';
import type { Keys } from '../crypto/encryption.ts';
import { computeKeyedHash } from '../crypto/keyed-hash.ts';
import type { Database } from './database.ts';
import { databaseIdentities, drafts, submissions } from './schema.ts';
import { StoreError } from './store-error.ts';

/** Drafts that were begun so long after a fail-over count, too: a customer whose draft was lost with it began anew. */
const DRAFT_GRACE = sql`interval '1 hour'`;

/** Its call was proved not to have been processed, or was refused for a person whom the upstream did not know before. */
const HAS_CREATED_NO_USER = sql`(${submissions.state} = 'expired' or (${submissions.state} = 'refused' and ${submissions.precheck} = 'absent'))`;

/** No such function, or no right to call it, as on some managed databases; it does not apply while recovering. */
const UNKNOWN_IDENTITY = new Set(['42883', '42501', '0A000', '55000']);

/** The timeline is the first part of a write-ahead log file's name (PostgreSQL manual, 9.28.3). */
const IDENTITY = sql<string>`(select system_identifier from pg_control_system())::text || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8)`;

export type FailoverDetector = {
  /** Saves which Postgres this is, if it is another one than before; one process reports each fail-over. */
  recordIdentity: () => Promise<void>;
  /**
   * Whether a call for this draft and phone may have been made whose row a fail-over has lost: the draft is from before one,
   * or from soon after it, and no row tells of a call for the phone that may have made its user.
   */
  hasPossibleLostCall: (call: { draftId: string; phone: string }) => Promise<boolean>;
};

/** An embedded database fails over to nothing. */
export const NO_FAILOVERS: FailoverDetector = {
  recordIdentity: async () => {},
  hasPossibleLostCall: async () => false,
};

/**
 * Finds fail-overs of a Postgres. With asynchronous replication the new primary may lack the last commits, so a call can have been
 * made of which no row tells.
 *
 * @param onFailover called when another Postgres serves than before, by the process that saved it
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
        .where(and(eq(drafts.id, draftId), notExists(calls)))
        .limit(1);
      return rows.length > 0;
    },
  };
}

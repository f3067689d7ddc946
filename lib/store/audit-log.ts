import { createHash } from 'node:crypto';
import { asc, desc, gt, sql } from 'drizzle-orm';
import { type AuditEntry, type ChainLink, canonical, GENESIS } from '../domain/assist/audit.ts';
import type { Database } from './database.ts';
import { audit } from './schema.ts';

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Writers that meet at the end of the chain take turns; more rounds than this mean that something else is wrong. */
const ROUNDS = 100;

export type AuditLog = ReturnType<typeof auditLog>;

/** The console's audit: a chain of hashes in which nothing is ever changed. */
export function auditLog(database: Database) {
  const head = async () => {
    const [last] = await database.select().from(audit).orderBy(desc(audit.sequence)).limit(1);
    return last;
  };
  return {
    head,

    /** Adds an entry behind the last one, whoever else adds at the same time. */
    async append(entry: AuditEntry): Promise<void> {
      for (let round = 0; round < ROUNDS; round += 1) {
        const last = await head();
        const sequence = (last?.sequence ?? 0) + 1;
        const previous = last?.hash ?? GENESIS;
        const link = { sequence, entry, previous, hash: sha256(canonical(sequence, entry, previous)) };
        if ((await database.insert(audit).values(link).onConflictDoNothing().returning()).length > 0) return;
      }
      throw new Error('The audit kept growing while something was added to it');
    },

    /** What was done with one case, in its order. */
    async ofCase(caseId: string): Promise<AuditEntry[]> {
      const isIts = sql`${audit.entry} ->> 'caseId' = ${caseId}`;
      const rows = await database.select({ entry: audit.entry }).from(audit).where(isIts).orderBy(asc(audit.sequence));
      return rows.map(({ entry }) => entry);
    },

    /** The chain from its start, in pages. */
    async *read(page = 1_000): AsyncGenerator<ChainLink> {
      for (let from = 0; ; ) {
        const rows = await database
          .select()
          .from(audit)
          .where(gt(audit.sequence, from))
          .orderBy(asc(audit.sequence))
          .limit(page);
        yield* rows;
        const last = rows.at(-1);
        if (!last || rows.length < page) return;
        from = last.sequence;
      }
    },
  };
}

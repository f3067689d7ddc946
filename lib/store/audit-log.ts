import { createHash } from 'node:crypto';
import { and, asc, desc, eq, gt, sql } from 'drizzle-orm';
import { type Runtime, systemRuntime } from '../config/runtime.ts';
import {
  type AuditEntry,
  appendLinks,
  type ChainLink,
  getChain,
  getGenesis,
  LEGACY_CHAIN,
} from '../domain/assist/audit.ts';
import type { Database } from './database.ts';
import { audit, auditEntries } from './schema.ts';
import { isUndone } from './store-error.ts';
import { handleUniqueViolation } from './unique-violation.ts';
import { createWriteQueue } from './write-buffer.ts';

export const hashSha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** Instances that meet at the end of a chain take turns. An entry that has not found its place after so long has failed… */
const APPEND_TIMEOUT_MS = 10_000;
/** …but not before it has tried so often: on a busy machine a turn takes long. */
const MIN_ATTEMPTS = 30;
/** The longest pause of who came second, in milliseconds. */
const JITTER_MS = 40;
const PAGE_ROWS = 1_000;

export type AuditLog = ReturnType<typeof createAuditLog>;

/**
 * The console's audit: a chain of hashes for each shop, in which nothing is ever changed. Earlier versions have one chain for
 * all, in a table of its own; it is read on.
 */
export function createAuditLog(database: Database, runtime: Omit<Runtime, 'now' | 'setTimer'> = systemRuntime) {
  const queues = new Map<string, ReturnType<typeof createWriteQueue<AuditEntry[]>>>();

  function getQueue(chain: string) {
    const existingQueue = queues.get(chain);
    if (existingQueue) return existingQueue;
    const queue = createWriteQueue(
      (): AuditEntry[] => [],
      (entries) => write(chain, entries),
    );
    queues.set(chain, queue);
    return queue;
  }

  async function write(chain: string, entries: readonly AuditEntry[]): Promise<void> {
    const end = runtime.monotonicMs() + APPEND_TIMEOUT_MS;
    for (
      let attempt = 1;
      !(await insertLinks(chain, appendLinks(entries, await findHead(chain), hashSha256)));
      attempt += 1
    ) {
      if (attempt >= MIN_ATTEMPTS && runtime.monotonicMs() > end)
        throw new Error('The audit kept growing while something was added to it');
      await runtime.sleep(runtime.random() * JITTER_MS);
    }
  }

  async function findHead(chain: string): Promise<{ sequence: number; hash: string }> {
    const { sequence, hash } = auditEntries;
    const [last] = await database
      .select({ sequence, hash })
      .from(auditEntries)
      .where(eq(auditEntries.chain, chain))
      .orderBy(desc(sequence))
      .limit(1);
    return last ?? { sequence: 0, hash: getGenesis(chain, hashSha256) };
  }

  /** @returns whether all of them are in their places; otherwise none is */
  async function insertLinks(chain: string, links: readonly ChainLink[]): Promise<boolean> {
    const rows = links.map((link) => ({ chain, ...link, caseId: link.entry.caseId, at: new Date(link.entry.at) }));
    const insert = database.insert(auditEntries).values(rows);
    // Of several, `on conflict` would insert those behind another instance's. One alone may be in a transaction, which an
    // error would end.
    const { sequence } = auditEntries;
    const insertion =
      rows.length === 1
        ? insert.onConflictDoNothing().returning({ sequence })
        : handleUniqueViolation(insert.returning({ sequence }));
    const insertedRows = await insertion.catch((error: unknown) => {
      if (isUndone(error)) return undefined; // another instance's place was waited for too long
      throw error;
    });
    return insertedRows !== undefined && insertedRows.length > 0;
  }

  return {
    /**
     * Adds an entry behind the last one of its chain, whoever else adds at the same time. Entries that come while this
     * instance writes to the chain are written together.
     *
     * @throws when it could not be written
     */
    append: (entry: AuditEntry): Promise<void> => getQueue(getChain(entry)).add((entries) => entries.push(entry)),

    /** What was done with one case, in its order. */
    async listByCase(caseId: string): Promise<AuditEntry[]> {
      const isOfCase = sql`${audit.entry} ->> 'caseId' = ${caseId}::text`;
      const { entry, chain, sequence } = auditEntries;
      const [earlier, later] = await Promise.all([
        database.select({ entry: audit.entry }).from(audit).where(isOfCase).orderBy(asc(audit.sequence)),
        database
          .select({ entry })
          .from(auditEntries)
          .where(eq(auditEntries.caseId, caseId))
          .orderBy(asc(chain), asc(sequence)),
      ]);
      // During an update both grow. Sorting is stable: entries of one moment keep the order of their chain.
      const entries = [...earlier, ...later].map((row) => row.entry);
      return entries.sort((first, second) => Date.parse(first.at) - Date.parse(second.at));
    },
  };
}

/** The chains that have entries, in the order of their names, the one of earlier versions first. */
export async function* readChains(database: Database): AsyncGenerator<string> {
  yield LEGACY_CHAIN;
  for (let last = ''; ; ) {
    const [next] = await database
      .select({ chain: auditEntries.chain })
      .from(auditEntries)
      .where(gt(auditEntries.chain, last))
      .orderBy(asc(auditEntries.chain))
      .limit(1);
    if (!next) return;
    yield next.chain;
    last = next.chain;
  }
}

/** A chain from its start, in pages. */
export async function* readChain(database: Database, chain: string, page = PAGE_ROWS): AsyncGenerator<ChainLink> {
  for (let from = 0; ; ) {
    const rows = await (chain === LEGACY_CHAIN
      ? database.select().from(audit).where(gt(audit.sequence, from)).orderBy(asc(audit.sequence)).limit(page)
      : database
          .select()
          .from(auditEntries)
          .where(and(eq(auditEntries.chain, chain), gt(auditEntries.sequence, from)))
          .orderBy(asc(auditEntries.sequence))
          .limit(page));
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < page) return;
    from = last.sequence;
  }
}

/** Every link of every chain. */
export async function* readAudit(database: Database): AsyncGenerator<ChainLink & { chain: string }> {
  for await (const chain of readChains(database)) {
    for await (const link of readChain(database, chain)) yield { chain, ...link };
  }
}

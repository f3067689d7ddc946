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
import { handleOutage } from './database-session.ts';
import { audit, auditEntries } from './schema.ts';
import { isStoreError } from './store-error.ts';
import { handleUniqueViolation } from './unique-violation.ts';
import { createWriteQueue } from './write-buffer.ts';

export const hashSha256 = (text: string) => createHash('sha256').update(text).digest('hex');

/** An append fails after this time and `MIN_ATTEMPTS`, in milliseconds: instances compete for the end of a chain. */
const APPEND_TIMEOUT_MS = 10_000;
/** On a busy machine one attempt takes long, so time alone does not end an append. */
const MIN_ATTEMPTS = 30;
/** The longest random pause after a lost attempt, in milliseconds. */
const JITTER_MS = 40;
const PAGE_ROWS = 1_000;

type AppendRuntime = Omit<Runtime, 'now' | 'setTimer'>;

export type AuditLog = ReturnType<typeof createAuditLog>;

/**
 * Creates the console's audit: one append-only chain of hashes per shop. Earlier versions wrote one chain for all shops to a
 * table of its own, which is still read.
 */
export function createAuditLog(database: Database, runtime: AppendRuntime = systemRuntime) {
  const queues = new Map<string, ReturnType<typeof createWriteQueue<AuditEntry[]>>>();

  function getQueue(chain: string) {
    const existingQueue = queues.get(chain);
    if (existingQueue) return existingQueue;
    const queue = createWriteQueue(
      (): AuditEntry[] => [],
      (entries) => appendEntries(database, runtime, chain, entries),
    );
    queues.set(chain, queue);
    return queue;
  }

  return {
    /**
     * Appends an entry to its chain, also while other instances append. Entries that arrive during a write are written together.
     *
     * @throws when the entry could not be written
     */
    append: (entry: AuditEntry): Promise<void> =>
      getQueue(getChain(entry))
        .add((entries) => entries.push(entry))
        .catch(handleOutage),

    /** Lists the actions on one case in their order. */
    listByCase: (caseId: string): Promise<AuditEntry[]> => listCaseEntries(database, caseId),
  };
}

async function appendEntries(
  database: Database,
  runtime: AppendRuntime,
  chain: string,
  entries: readonly AuditEntry[],
): Promise<void> {
  const end = runtime.monotonicMs() + APPEND_TIMEOUT_MS;
  const append = async () => {
    const head = await findHead(database, chain);
    return insertLinks(database, chain, appendLinks(entries, head, hashSha256));
  };
  const isLate = () => runtime.monotonicMs() > end;
  const appendOrWait = () =>
    append().catch((error: unknown) => {
      if (hasWaited(error) && !isLate()) return false;
      throw error;
    });
  for (let attempt = 1; !(await appendOrWait()); attempt += 1) {
    if (attempt >= MIN_ATTEMPTS && isLate()) throw new Error('The audit kept growing while something was added to it');
    await runtime.sleep(runtime.random() * JITTER_MS);
  }
}

/** The wait for another instance's row was too long. Other errors, such as a full disk, would come again. */
const WAIT_CODES = new Set(['55P03', '57014']);
const hasWaited = (error: unknown) => isStoreError(error) && WAIT_CODES.has(error.code);

async function findHead(database: Database, chain: string): Promise<{ sequence: number; hash: string }> {
  const { sequence, hash } = auditEntries;
  const [last] = await database
    .select({ sequence, hash })
    .from(auditEntries)
    .where(eq(auditEntries.chain, chain))
    .orderBy(desc(sequence))
    .limit(1);
  return last ?? { sequence: 0, hash: getGenesis(chain, hashSha256) };
}

/** Inserts links at the end of a chain. @returns whether all were inserted; otherwise none was */
async function insertLinks(database: Database, chain: string, links: readonly ChainLink[]): Promise<boolean> {
  const rows = links.map((link) => ({ chain, ...link, caseId: link.entry.caseId, at: new Date(link.entry.at) }));
  const insert = database.insert(auditEntries).values(rows);
  // With several links, `on conflict` could insert some of them after another instance's. A single link may be part of a
  // transaction, which an error would end.
  const { sequence } = auditEntries;
  const insertion =
    rows.length === 1
      ? insert.onConflictDoNothing().returning({ sequence })
      : handleUniqueViolation(insert.returning({ sequence }));
  const insertedRows = await insertion;
  return insertedRows !== undefined && insertedRows.length > 0;
}

async function listCaseEntries(database: Database, caseId: string): Promise<AuditEntry[]> {
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
  // During an update both chains grow. Sorting is stable: entries of the same time keep the order of their chain.
  const entries = [...earlier, ...later].map((row) => row.entry);
  return entries.sort((first, second) => Date.parse(first.at) - Date.parse(second.at));
}

/** Yields the chains that have entries: the chain of earlier versions, then the others by name. */
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

/** Yields the links of a chain from its start, and reads them in pages. */
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

/** Yields every link of every chain. */
export async function* readAudit(database: Database): AsyncGenerator<ChainLink & { chain: string }> {
  for await (const chain of readChains(database)) {
    for await (const link of readChain(database, chain)) yield { chain, ...link };
  }
}

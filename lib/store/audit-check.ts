import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import {
  type Anchor,
  type ChainLink,
  createChainCheck,
  getGenesis,
  LEGACY_CHAIN,
  serializeAnchor,
  serializeLink,
} from '../domain/assist/audit.ts';
import { ROOT_GENESIS } from './audit-anchors.ts';
import { hashSha256, readChain, readChains } from './audit-log.ts';
import type { Database } from './database.ts';
import { auditAnchors } from './schema.ts';

const PAGE_ROWS = 1_000;

type ChainHead = { sequence: number; hash: string };
export type AuditReport = {
  entries: number;
  /** Entries after the last anchor of their chain: the check cannot detect that such entries were removed. */
  unanchored: number;
  /** The head of the root chain. */
  head: ChainHead | undefined;
  /** A description of the first break of each chain. */
  breaks: string[];
};

/**
 * Verifies every chain and the root chain from the start, and compares each chain with its anchors. It reads the anchors
 * first, since instances may append meanwhile.
 *
 * @param recordedHead a head that an operator recorded earlier, of the root chain or of the chain of earlier versions
 */
export async function checkAudit(database: Database, recordedHead?: ChainHead): Promise<AuditReport> {
  const report: AuditReport = { entries: 0, unanchored: 0, head: undefined, breaks: [] };
  const anchoredChains = new Set<string>();
  let isRecordedHeadFound = recordedHead === undefined;
  const isRecordedHead = ({ sequence, hash }: ChainHead) =>
    recordedHead?.sequence === sequence && recordedHead.hash === hash;

  const isNextAnchor = createChainCheck<Anchor>(ROOT_GENESIS, serializeAnchor, hashSha256);
  for await (const anchor of readAnchors(database)) {
    if (!isNextAnchor(anchor)) {
      report.breaks.push(`the root chain at ${anchor.sequence}`);
      break;
    }
    anchoredChains.add(anchor.chain);
    isRecordedHeadFound ||= isRecordedHead(anchor);
    report.head = { sequence: anchor.sequence, hash: anchor.hash };
  }

  for await (const chain of readChains(database)) {
    anchoredChains.delete(chain);
    const breakSequence = await checkChain(chain);
    if (breakSequence !== undefined) report.breaks.push(`${chain} at entry ${breakSequence}`);
  }
  for (const chain of anchoredChains) report.breaks.push(`${chain} is gone`);
  if (!isRecordedHeadFound) report.breaks.push('the head that was written down is in no chain');
  return report;

  async function checkChain(chain: string): Promise<number | undefined> {
    const isNext = createChainCheck(getGenesis(chain, hashSha256), serializeLink, hashSha256);
    const anchors = readChainAnchors(database, chain, report.head?.sequence ?? 0);
    let anchor = (await anchors.next()).value;
    let [length, anchoredLength] = [0, 0];
    for await (const link of readChain(database, chain)) {
      length += 1;
      report.entries += 1;
      if (!isNext(link) || !hasMatchingColumns(link)) return length;
      if (chain === LEGACY_CHAIN) isRecordedHeadFound ||= isRecordedHead(link);
      for (; anchor?.chainSequence === length; anchor = (await anchors.next()).value) {
        if (anchor.chainHead !== link.hash) return length;
        anchoredLength = length;
      }
    }
    report.unanchored += length - anchoredLength;
    return anchor && length + 1;
  }
}

/** Returns whether the indexed columns match the entry. The first chain has no such columns. */
function hasMatchingColumns({ entry, caseId, at: time }: ChainLink & { caseId?: string | null; at?: Date }): boolean {
  const isRightCase = caseId === undefined || caseId === (entry.caseId ?? null);
  return isRightCase && (time === undefined || time.toISOString() === entry.at);
}

async function* readAnchors(database: Database): AsyncGenerator<Anchor> {
  const { sequence } = auditAnchors;
  for (let from = 0; ; ) {
    const isNext = gt(sequence, from);
    const rows = await database.select().from(auditAnchors).where(isNext).orderBy(asc(sequence)).limit(PAGE_ROWS);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_ROWS) return;
    from = last.sequence;
  }
}

/** Reads the anchors of a chain in the order of its entries, up to the verified part of the root chain. */
async function* readChainAnchors(
  database: Database,
  chain: string,
  rootLength: number,
): AsyncGenerator<Anchor, undefined> {
  const { chainSequence, sequence } = auditAnchors;
  for (let from = { chainSequence: 0, sequence: 0 }; ; ) {
    const isNext = and(
      eq(auditAnchors.chain, chain),
      lte(sequence, rootLength),
      sql`(${chainSequence}, ${sequence}) > (${from.chainSequence}::int, ${from.sequence}::int)`,
    );
    const rows = await database
      .select()
      .from(auditAnchors)
      .where(isNext)
      .orderBy(asc(chainSequence), asc(sequence))
      .limit(PAGE_ROWS);
    yield* rows;
    const last = rows.at(-1);
    if (!last || rows.length < PAGE_ROWS) return;
    from = last;
  }
}

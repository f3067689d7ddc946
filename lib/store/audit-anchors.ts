import { desc, sql } from 'drizzle-orm';
import { type Anchor, getGenesis, LEGACY_CHAIN, serializeAnchor } from '../domain/assist/audit.ts';
import { hashSha256 } from './audit-log.ts';
import type { Database } from './database.ts';
import type { LeaseRepository } from './leases.ts';
import { auditAnchors } from './schema.ts';
import { handleUniqueViolation } from './unique-violation.ts';

/** The hash before the first entry of the root chain. */
export const ROOT_GENESIS = getGenesis('root', hashSha256);

/** Longer than the interval of the callers, so a live instance keeps its lease. */
const LEASE_MS = 45_000;
/** How far the search begins before the last anchor, in milliseconds: clocks differ and commits take time. */
const OVERLAP_MS = 300_000;
const BATCH_ROWS = 500;

type UnanchoredHead = { chain: string; sequence: number; hash: string };

/**
 * Creates a writer that anchors the heads of all grown chains in the root chain, by one instance at a time. An entry that
 * becomes visible more than `OVERLAP_MS` after its own time is anchored with the next entry of its chain.
 *
 * @returns a function that writes missing anchors, unless another instance has the lease
 */
export function createAnchorWriter(database: Database, leases: LeaseRepository, now: () => Date): () => Promise<void> {
  /** Finds heads without an anchor: of the first chain, whose rows have no time, and of chains with a recent entry. */
  async function findHeads(since: Date): Promise<UnanchoredHead[]> {
    const { rows } = await database.execute<UnanchoredHead>(sql`
      select * from (
        (select ${LEGACY_CHAIN}::text as chain, sequence, hash from audit order by sequence desc limit 1)
        union all
        select chain, sequence, hash from audit_entries
        where at >= ${since.toISOString()}::timestamptz and not exists (
          select 1 from audit_entries later
          where later.chain = audit_entries.chain and later.sequence > audit_entries.sequence)
      ) head
      where not exists (
        select 1 from audit_anchors where audit_anchors.chain = head.chain and chain_sequence >= head.sequence)
      order by chain limit ${BATCH_ROWS}::int`);
    return rows;
  }

  async function writeAnchorBatch(): Promise<boolean> {
    const [last] = await database.select().from(auditAnchors).orderBy(desc(auditAnchors.sequence)).limit(1);
    const heads = await findHeads(new Date(last ? last.at.getTime() - OVERLAP_MS : 0));
    if (heads.length === 0) return false;
    const links = appendAnchors(heads, last ?? { sequence: 0, hash: ROOT_GENESIS }, now());
    // Another writer's anchors are as good; the next run adds what they lack.
    const rows = await handleUniqueViolation(database.insert(auditAnchors).values(links).returning());
    return rows !== undefined && heads.length === BATCH_ROWS;
  }

  return async () => {
    if (!(await leases.acquire('audit-anchors', LEASE_MS))) return;
    while (await writeAnchorBatch());
  };
}

function appendAnchors(
  heads: readonly UnanchoredHead[],
  last: Pick<Anchor, 'sequence' | 'hash'>,
  createdAt: Date,
): Anchor[] {
  const anchors: Anchor[] = [];
  for (const { chain, sequence: chainSequence, hash: chainHead } of heads) {
    const { sequence, hash: previous } = anchors.at(-1) ?? last;
    const anchor = { sequence: sequence + 1, previous, at: createdAt, chain, chainSequence, chainHead };
    anchors.push({ ...anchor, hash: hashSha256(serializeAnchor(anchor)) });
  }
  return anchors;
}

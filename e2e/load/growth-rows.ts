import type { TestEnvironment } from '../support/test-environment.ts';

/** A kind that retention ends: how many rows of it are in one million that have ended, its key, and the order in which the purge ends it. */
type RetentionKind = {
  perMillion: number;
  into: string;
  select: string;
  pendingFrom: string;
  key: string;
  orderBy: string;
};

const LEDGER =
  'submissions (id, draft_id, draft_version, state, phone_hash, sealed_payload, attempt, transitions, created_at, updated_at)';
/** Random keys, as the app's are: their places in an index are far from each other. */
const SUBMISSION = `gen_random_uuid(), md5(random()::text), 1`;
/** Each row has a moment of its own, in the order of the rows. */
const buildTimestamp = (interval: string) => `now() - interval '${interval}' + n * interval '1 millisecond'`;
const repeatTwice = (moment: string) => `${moment}, ${moment}`;

export const KINDS: Readonly<Record<string, RetentionKind>> = {
  received: {
    perMillion: 50_000,
    into: LEDGER,
    select: `${SUBMISSION}, 'received', md5('r' || n), repeat('x', 800), 0, 0, ${repeatTwice(buildTimestamp('9 days'))}`,
    pendingFrom: `submissions where state = 'received' and sealed_payload is not null and updated_at < now() - interval '8 days'`,
    key: 'id',
    orderBy: 'updated_at',
  },
  hashes: {
    perMillion: 50_000,
    into: LEDGER,
    select: `${SUBMISSION}, 'refused', md5('h' || n), null, 1, 0, ${repeatTwice(buildTimestamp('500 days'))}`,
    pendingFrom: `submissions where (phone_hash is not null or email_hash is not null) and created_at < now() - interval '400 days'`,
    key: 'id',
    orderBy: 'created_at',
  },
  drafts: {
    perMillion: 300_000,
    into: 'drafts (id, version, sealed, created_at, expires_at)',
    select: `md5('d' || n), 1, repeat('x', 1500), now(), ${buildTimestamp('1 day')}`,
    pendingFrom: 'drafts where expires_at < now()',
    key: 'id',
    orderBy: 'expires_at',
  },
  limits: {
    perMillion: 100_000,
    into: 'limits (key, points, expire)',
    select: `md5('l' || n), 1, ${buildTimestamp('1 day')}`,
    pendingFrom: `limits where expire < now() - interval '1 hour'`,
    key: 'key',
    orderBy: 'expire',
  },
  events: {
    perMillion: 500_000,
    into: 'journey_events (journey, at, kind, step, fields, lang)',
    select: `md5((n / 10)::text), ${buildTimestamp('500 days')}, 'taken', 'identity', '[]', 'es'`,
    pendingFrom: `journey_events where at < now() - interval '400 days'`,
    key: 'sequence',
    orderBy: 'at',
  },
};

/** In the order of their key: millions of random places would be written one by one. */
const buildSettledInsert = (rows: number) => `insert into ${LEDGER}
  select gen_random_uuid(), draft, 1, 'succeeded', md5('s' || n), null, 1, 0, ${repeatTwice(buildTimestamp('9 days'))}
  from (select n, md5(random()::text) as draft from generate_series(1, ${rows}) n order by draft) settled`;
const TABLES = ['submissions', 'drafts', 'limits', 'journey_events'];
const TABLE_NAMES = TABLES.map((table) => `'${table}'`).join(', ');
/** Of the tables, but those of constraints. */
const INDEXES = `select indexname as name, indexdef as definition from pg_indexes
  where schemaname = 'public' and tablename in (${TABLE_NAMES})
    and indexname not in (select conname from pg_constraint)`;

/**
 * Writes the rows, with the indexes made after them.
 *
 * @param settledMillions rows of the ledger in which nothing is left to end, in millions
 */
export async function fillTables(
  environment: TestEnvironment,
  millions: number,
  settledMillions: number,
): Promise<void> {
  const indexes = await environment.query<{ name: string; definition: string }>(INDEXES);
  await environment.query(indexes.map(({ name }) => `drop index ${name}`).join(';'));
  for (const { perMillion, into, select } of Object.values(KINDS)) {
    await environment.query(
      `insert into ${into} select ${select} from generate_series(1, ${Math.round(perMillion * millions)}) n`,
    );
  }
  await environment.query(buildSettledInsert(Math.round(1_000_000 * settledMillions)));
  for (const { definition } of indexes) await environment.query(`set maintenance_work_mem = '512MB'; ${definition}`);
  for (const statement of ['delete from leases', 'vacuum analyze', 'checkpoint']) await environment.query(statement);
}

/** True when the purge has ended a submission that was never processed, which it does first. */
export async function hasPurgeStarted(environment: TestEnvironment): Promise<boolean> {
  const rows = await environment.query(`select from submission_events where cause = 'draft ended' limit 1`);
  return rows.length > 0;
}

/** The key of each kind's newest row, which the purge ends last. */
export type NewestKeys = ReadonlyMap<string, string>;

export async function findNewestKeys(environment: TestEnvironment): Promise<NewestKeys> {
  const newestKeys = new Map<string, string>();
  for (const [kind, { pendingFrom, key, orderBy }] of Object.entries(KINDS)) {
    const [row] = await environment.query<{ key: string }>(
      `select ${key}::text as key from ${pendingFrom} order by ${orderBy} desc limit 1`,
    );
    if (!row) throw new Error(`The purge has no ${kind} to end`);
    newestKeys.set(kind, row.key);
  }
  return newestKeys;
}

/**
 * The kinds of which a row is left. A search in the order of the purge would read the index entries of all rows that it has ended,
 * and take longer than a submission.
 */
export async function findPendingKinds(
  environment: TestEnvironment,
  newestKeys: NewestKeys,
  kinds: readonly string[],
): Promise<string[]> {
  const columns = kinds.map((kind) => {
    const { pendingFrom, key } = KINDS[kind] as RetentionKind;
    return `exists (select from ${pendingFrom} and ${key} = '${newestKeys.get(kind)}') as "${kind}"`;
  });
  const [pendingByKind = {}] = await environment.query<Record<string, boolean>>(`select ${columns.join(', ')}`);
  return kinds.filter((kind) => pendingByKind[kind]);
}

/** How large the tables are, with their indexes, and the bytes written to the write-ahead log so far. */
export async function readSizes(environment: TestEnvironment): Promise<{ text: string; wal: number }> {
  const [row] = await environment.query<{ text: string; wal: string }>(
    `select pg_current_wal_lsn() - '0/0' as wal, string_agg(name || ' ' || pg_size_pretty(pg_total_relation_size(name::regclass)), ', ') as text
     from unnest(array[${TABLE_NAMES}, 'submission_events']) name`,
  );
  return { text: row?.text ?? '', wal: Number(row?.wal) };
}

import { join, relative } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { Client, type ClientConfig, type QueryConfig, type QueryResult } from 'pg';
import { CONTRACTION, EXPANSION } from '../../lib/store/migrations.ts';
import { PgliteStream } from '../../lib/store/pglite-stream.ts';

/** A submission as its row says, without what was encrypted. */
export type SubmissionRow = {
  id: string;
  draft: string;
  phone: string | null;
  version: number;
  state: string;
  attempt: number;
  fence: number;
  transitions: number;
  /** Milliseconds since 1970 until which its draft has the claim on its phone, if it has it. */
  phoneUntilMs: number | null;
  leaseMs: number | null;
  updatedMs: number;
  outcome: string | null;
  hasLink: boolean;
  hasPayload: boolean;
};
export type EventRow = { id: string; sequence: number; state: string; attempt: number; actor: string };

export type Snapshot = { table: string; rows: string }[];

/** The real database of all simulated processes. It runs one statement at a time; the scheduler decides the order. */
export type Engine = {
  execute: (query: QueryConfig, values: readonly unknown[]) => Promise<QueryResult>;
  readRows: () => Promise<SubmissionRow[]>;
  readEvents: () => Promise<EventRow[]>;
  /** The partner's events of submissions: `<submission>:<count of its transitions>`. */
  readPartnerEvents: () => Promise<string[]>;
  takeSnapshot: () => Promise<Snapshot>;
  /** Fails over to a database in this state. */
  restoreSnapshot: (snapshot: Snapshot) => Promise<void>;
  clear: () => Promise<void>;
  close: () => Promise<void>;
};

const TABLES = [
  'drafts',
  'applications',
  'submissions',
  'claims',
  'submission_events',
  'webhook_events',
  'database_identities',
];
const RUNS_PER_VACUUM = 200;
const toMs = (moment: string) => `(extract(epoch from ${moment}) * 1000)::float8`;
const READ_ROWS = `
  select id, draft_id as draft, phone_hash as phone, draft_version as version, state, attempt, fence, transitions,
    (select ${toMs('max(until)')} from claims where hash = phone_hash and claims.draft_id = submissions.draft_id)
      as "phoneUntilMs",
    ${toMs('lease_until')} as "leaseMs", ${toMs('updated_at')} as "updatedMs", outcome,
    sealed_link is not null as "hasLink", sealed_payload is not null as "hasPayload"
  from submissions order by id`;
const READ_EVENTS = `
  select submission_id as id, sequence, state, attempt, actor from submission_events order by submission_id, sequence`;
const READ_PARTNER_EVENTS = `
  select submission_id || ':' || split_part(id, '_', 3) as key from webhook_events where submission_id is not null`;

/** @param root the folder of the product whose schema it gets */
export async function openEngine(root: string = process.cwd()): Promise<Engine> {
  const lite = await PGlite.create();
  const createStream = () =>
    new PgliteStream(lite, () => {
      throw new Error('The database of the simulation ended');
    });
  const client = new Client({
    user: 'postgres',
    database: 'postgres',
    stream: createStream,
  } as unknown as ClientConfig);
  await client.connect();
  for (const { migrationsFolder, migrationsTable } of [EXPANSION, CONTRACTION]) {
    const folder = join(root, relative(process.cwd(), migrationsFolder));
    await migrate(drizzle(client), { migrationsFolder: folder, migrationsTable });
  }
  await client.query('set synchronous_commit = off');
  await client.query('set track_counts = off'); // statistics of use cost a tenth of a run
  await client.query('set plan_cache_mode = force_generic_plan'); // planning costs more than most of the statements

  let runs = 0;
  // Everything is prepared, and named by its text: planted defects have other texts for the same names.
  const names = new Map<string, string>();
  function createName(text: string): string {
    const name = names.get(text) ?? `statement_${names.size}`;
    names.set(text, name);
    return name;
  }
  /** Answers of statements that only read, until one changes something: waiting customers ask the same again and again. */
  const answers = new Map<string, QueryResult>();
  return {
    async execute(query, values) {
      const key = query.text.startsWith('select ') ? JSON.stringify([query.text, values]) : undefined;
      const cachedResult = key === undefined ? undefined : answers.get(key);
      if (cachedResult) return cachedResult;
      const result = await client.query({ ...query, name: createName(query.text) }, [...values]);
      if (key === undefined && result.rowCount !== 0) answers.clear();
      // No statement of the submission path asks for an order of several rows, and dead rows of earlier runs would change it.
      if (result.rows.length > 1) result.rows.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
      if (key !== undefined) answers.set(key, result);
      return result;
    },
    readRows: async () => (await client.query<SubmissionRow>({ name: 'read_rows', text: READ_ROWS })).rows,
    readEvents: async () => (await client.query<EventRow>({ name: 'read_events', text: READ_EVENTS })).rows,
    async readPartnerEvents() {
      const { rows } = await client.query<{ key: string }>({ name: 'read_partner_events', text: READ_PARTNER_EVENTS });
      return rows.map(({ key }) => key);
    },
    async takeSnapshot() {
      const snapshot: Snapshot = [];
      for (const table of TABLES) {
        const text = `select coalesce(json_agg(${table}), '[]')::text as rows from ${table}`;
        const [tableRow] = (await client.query<{ rows: string }>(text)).rows;
        snapshot.push({ table, rows: tableRow?.rows ?? '[]' });
      }
      return snapshot;
    },
    async restoreSnapshot(snapshot) {
      answers.clear();
      for (const table of TABLES) await client.query({ name: `empty_${table}`, text: `delete from ${table}` });
      for (const { table, rows } of snapshot) {
        const names = `select string_agg(column_name, ', ') as names from information_schema.columns
          where table_name = $1 and is_generated = 'NEVER'`;
        const [columns] = (await client.query<{ names: string }>(names, [table])).rows;
        const text = `insert into ${table} (${columns?.names})
          select ${columns?.names} from json_populate_recordset(null::${table}, $1::json)`;
        await client.query(text, [rows]);
      }
      // The product compares the identity of its database with this table; a renamed row makes it see a failover.
      await client.query(`update database_identities set identity = identity || ' before'`);
    },
    async clear() {
      answers.clear();
      for (const table of TABLES) await client.query({ name: `empty_${table}`, text: `delete from ${table}` });
      // `vacuum` runs rarely, because after it the database plans every prepared statement again.
      runs += 1;
      if (runs % RUNS_PER_VACUUM === 0) await client.query('vacuum');
    },
    // `client.end()` would wait for the close of a socket, and there is none.
    close: () => lite.close(),
  };
}

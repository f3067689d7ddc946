import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CONTRACTION, EXPANSION } from './migrations.ts';
import { listSubmissionStatements } from './test-statements.ts';

// What the schema and the statements keep to, so that the distributed databases of the Postgres family can carry them. Which
// engine asks for what is in docs/operations.md#which-databases, and docs/decisions/0126.

/** One object of the schema that a migration makes, as the catalogue has it. */
type SchemaObject = {
  kind: 'column' | 'index' | 'trigger' | 'function' | 'sequence';
  table: string;
  name: string;
  text: string;
};
type Rule<Subject> = { rule: string; reason: string; isBroken: (subject: Subject) => boolean };

const DRAFT_TABLES = new Set(['submissions', 'submission_events']);
const TYPES = new Set(['text', 'integer', 'boolean', 'timestamp with time zone', 'jsonb', 'uuid']);

const SCHEMA_RULES: readonly Rule<SchemaObject>[] = [
  {
    rule: 'no unique index with a predicate',
    reason: 'Spanner and older Aurora DSQL have none, and YugabyteDB checks them on one node',
    isBroken: ({ kind, text }) => kind === 'index' && /^CREATE UNIQUE.* WHERE /.test(text),
  },
  {
    rule: 'no index on an expression',
    reason: 'Spanner and Aurora DSQL have none',
    isBroken: ({ kind, text }) => kind === 'index' && text.endsWith(' of an expression'),
  },
  {
    rule: 'unique keys of a draft’s rows have the draft',
    reason: 'Citus refuses a unique key without the column by which rows are spread',
    isBroken: ({ kind, table, text }) =>
      kind === 'index' && DRAFT_TABLES.has(table) && /^CREATE UNIQUE/.test(text) && !/\bdraft_id\b/.test(text),
  },
  {
    rule: 'no default that the database computes',
    reason: 'a statement that is repeated must write the same row',
    isBroken: ({ kind, text }) => kind === 'column' && /default .*\(/.test(text),
  },
  {
    rule: 'types that all have',
    reason: 'Spanner and Aurora DSQL have no serial, arrays or enums',
    isBroken: ({ kind, text }) => kind === 'column' && !TYPES.has(text.replace(/ default .*/, '')),
  },
  {
    rule: 'no sequence, trigger or function',
    reason: 'Aurora DSQL and Spanner have no triggers; CockroachDB’s numbers exceed what JavaScript counts',
    isBroken: ({ kind }) => kind === 'sequence' || kind === 'trigger' || kind === 'function',
  },
];

/** What stays, by name, and why it may. */
const SCHEMA_EXCEPTIONS: ReadonlyMap<string, string> = new Map([
  ['audit.audit_is_only_added_to', 'a second guard where triggers exist: the grants are the first'],
  ['.audit_is_only_added_to', 'the trigger’s function'],
  ['audit.audit_case', 'finds entries of a case; without it the search is slow'],
  ['journey_events.sequence', 'figures only: no submission waits for them'],
  ['.journey_events_sequence_seq', 'of the same column'],
]);

const STATEMENT_RULES: readonly Rule<string>[] = [
  { rule: 'no unnest', reason: 'Spanner and Citus plan it on one node', isBroken: (text) => /\bunnest\b/i.test(text) },
  {
    rule: 'no lock on rows, tables or numbers',
    reason: 'Aurora DSQL locks single keys; CockroachDB and poolers forget advisory locks',
    isBroken: (text) => /\bfor update\b|\bskip locked\b|advisory|\block table\b/i.test(text),
  },
  {
    rule: 'times and ids come from the app',
    reason: 'Spanner has no intervals; a repeated statement must write the same row',
    isBroken: (text) => /\binterval\b|\bnow\(|clock_timestamp|current_setting|gen_random/i.test(text),
  },
  {
    rule: 'no placeholder whose type the planner must guess',
    reason: 'Citus refuses it in a select list',
    isBroken: (text) => /\$\d+(?!\d|::)/.test(withoutTypedPlaceholders(text)),
  },
];

/** A placeholder takes the type of the column that it is compared with or written to, and of `limit`. */
function withoutTypedPlaceholders(text: string): string {
  return text
    .replace(/\bvalues \((?:\$\d+(?:::[a-z]+)?|default|, )*\)/g, '')
    .replace(/"\w+"(?:\."\w+")? (?:=|<>|<|>|<=|>=) \$\d+/g, '')
    .replace(/"\w+" in \((?:\$\d+|, )*\)/g, '')
    .replace(/\blimit \$\d+/g, '');
}

const find = <Subject>(rules: readonly Rule<Subject>[], subject: Subject) =>
  rules.flatMap(({ rule, isBroken }) => (isBroken(subject) ? [rule] : []));

const READ_SCHEMA = `
  select 'column' as kind, table_name::text as table, column_name::text as name,
    data_type || coalesce(' default ' || column_default, '') as text
  from information_schema.columns where table_schema = 'public'
  union all select 'index', indrelid::regclass::text, relname::text,
      pg_get_indexdef(indexrelid) || case when indexprs is null then '' else ' of an expression' end
    from pg_index join pg_class on pg_class.oid = indexrelid where relnamespace = 'public'::regnamespace
  union all select 'trigger', relname::text, tgname::text, '' from pg_trigger join pg_class on pg_class.oid = tgrelid
    where not tgisinternal
  union all select 'function', '', proname::text, '' from pg_proc where pronamespace = 'public'::regnamespace
  union all select 'sequence', '', sequencename::text, '' from pg_sequences where schemaname = 'public'`;

describe('the schema after all migrations', () => {
  let database: PGlite;
  const read = async () => (await database.query<SchemaObject>(READ_SCHEMA)).rows;
  const findBroken = async () =>
    (await read()).flatMap((object) => {
      const name = `${object.table}.${object.name}`;
      return SCHEMA_EXCEPTIONS.has(name) ? [] : find(SCHEMA_RULES, object).map((rule) => `${name}: ${rule}`);
    });
  beforeAll(async () => {
    database = await PGlite.create();
    for (const migrations of [EXPANSION, CONTRACTION]) await migrate(drizzle(database), migrations);
  });
  afterAll(() => database.close());

  test('breaks no rule but by the exceptions, each of which is there', async () => {
    expect(await findBroken()).toEqual([]);
    const names = (await read()).map(({ table, name }) => `${table}.${name}`);
    expect([...SCHEMA_EXCEPTIONS.keys()].filter((name) => !names.includes(name))).toEqual([]);
  });

  test.each([
    [`create unique index bad on submissions (draft_id) where state = 'sending'`, 'no unique index with a predicate'],
    [`create index bad on cases (lower(shop))`, 'no index on an expression'],
    [`create unique index bad on submissions (phone_hash)`, 'unique keys of a draft’s rows have the draft'],
    [`alter table cases add column bad uuid default gen_random_uuid()`, 'no default that the database computes'],
    [`alter table cases add column bad bigint`, 'types that all have'],
    [`create sequence bad`, 'no sequence, trigger or function'],
    [`create function bad() returns int language sql as 'select 1'`, 'no sequence, trigger or function'],
    [
      `create trigger bad before update on cases for each statement execute function audit_is_only_added_to()`,
      'no sequence, trigger or function',
    ],
  ])('would show %s', async (statement, rule) => {
    await database.exec(`begin; ${statement}`);
    const broken = await findBroken();
    await database.exec('rollback');
    expect(broken).toEqual([expect.stringMatching(new RegExp(`\\.bad: ${rule}$`))]);
  });
});

/** Files that are not yet released can still be kept from what their result does not show. */
const FIRST_CHECKED = '0010';
const CONTRACTION_MAY: ReadonlyMap<string, readonly string[]> = new Map([
  // It runs on databases that had the version before, which was made for Postgres alone; elsewhere they are empty.
  ['0000_claims.sql', ['no lock on rows, tables or numbers', 'times and ids come from the app']],
  ['0001_draft_keys.sql', ['no lock on rows, tables or numbers']],
]);

test.each([
  ...readdirSync(EXPANSION.migrationsFolder)
    .filter((name) => name.endsWith('.sql') && name >= FIRST_CHECKED)
    .map((name) => [name, EXPANSION.migrationsFolder] as const),
  ...readdirSync(CONTRACTION.migrationsFolder)
    .filter((name) => name.endsWith('.sql'))
    .map((name) => [name, CONTRACTION.migrationsFolder] as const),
])('the migration %s keeps to the rules of statements', (name, folder) => {
  const broken = find(STATEMENT_RULES, readFileSync(join(folder, name), 'utf8'));
  expect(broken).toEqual(CONTRACTION_MAY.get(name) ?? []);
});

describe('the prepared statements', () => {
  const listStatements = () => new Map(listSubmissionStatements().map(({ name, text }) => [name, text]));

  test('of the ledger, the drafts and the operators break no rule', () => {
    const statements = listStatements();
    expect(statements.size).toBeGreaterThan(30);
    for (const [name, text] of statements) expect([name, find(STATEMENT_RULES, text)]).toEqual([name, []]);
  });

  /** Statements by phone or for the reconciler, which ask every node. */
  const OF_EVERY_DRAFT = [
    'find_lost',
    'find_all_lost',
    'find_due',
    'forget_links',
    'outdate_other',
    'release_phone',
    'release_hold',
    'holder',
  ];

  test('of the ledger name the draft, but for those that are about all of them', () => {
    const isOfLedger = (text: string) => /(?:from|update|into) "submissions"/.test(text);
    const unrouted = [...listStatements()].flatMap(([name, text]) => {
      const isRouted = /"draft_id" = \$\d+/.test(text) || /insert into "submissions"/.test(text);
      return isOfLedger(text) && !isRouted ? [name] : [];
    });
    expect(unrouted.filter((name) => !OF_EVERY_DRAFT.includes(name) && name !== 'rivals')).toEqual([]);
  });

  test.each([
    ['update "t" set "a" = x from unnest($1::text[]) as x', 'no unnest'],
    ['select "id" from "t" where "a" = $1 for update skip locked', 'no lock on rows, tables or numbers'],
    ['select pg_advisory_xact_lock(1)', 'no lock on rows, tables or numbers'],
    [`select "id" from "t" where "a" < $1::timestamptz - interval '1 second'`, 'times and ids come from the app'],
    ['insert into "t" ("id") values (gen_random_uuid())', 'times and ids come from the app'],
    ['select $1 from "t"', 'no placeholder whose type the planner must guess'],
    ['update "t" set "a" = "t"."a" + $1 where "id" = $2', 'no placeholder whose type the planner must guess'],
  ])('would show %s', (text, rule) => {
    expect(find(STATEMENT_RULES, text)).toEqual([rule]);
  });
});

import { readMigrationFiles } from 'drizzle-orm/migrator';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createKeys, dataKey } from '../crypto/encryption.ts';
import { keyedHash } from '../crypto/keyed-hash.ts';
import { sampleConsent } from '../domain/sample-answers.ts';
import type { SessionLinkRequest } from '../domain/session-link-request.ts';
import type { OpenDatabase } from './database.ts';
import { type Intent, type Ledger, ledgerStore } from './ledger.ts';
import { migratePostgres } from './migrate-postgres.ts';
import { EXPANSION } from './migrations.ts';
import { operations } from './operations.ts';
import { openTestPostgres } from './test-database.ts';

// A database of the version before `claims`, whose instances go on beside new ones while it is migrated.

/** Of the version before: migrations 0000 to 0006. */
const OLD_MIGRATIONS = 7;
/** As the version before writes it: a new row of a draft, claimed for its call. */
const OLD_BEGIN = `
  with moved as (
    insert into submissions (id, draft_id, draft_version, state, phone_hash, email_hash, consent, sealed_payload, sendable_until,
      precheck, attempt, fence, lease_until, transitions, created_at, updated_at)
    values ($1, $2, 1, 'sending', $3, null, null, 'old', null, 'absent', 1, 1, $4::timestamptz + 30000 * interval '1 millisecond',
      1, $4::timestamptz, $4::timestamptz)
    on conflict do nothing returning id, draft_id, state, attempt, fence, transitions)
  insert into submission_events (submission_id, sequence, state, attempt, fence, actor, cause, at)
  select id, transitions, state, attempt, fence, 'customer', null, $4::timestamptz from moved
  returning submission_id as id, attempt, fence`;
/** As the version before writes that a call was refused, or that its answer was lost. */
const OLD_END = `
  with moved as (
    update submissions set state = $3, lease_until = null, ambiguous_since = case when $3 = 'ambiguous' then $4::timestamptz end,
      transitions = transitions + 1, updated_at = $4::timestamptz
    where id = $1 and fence = $2 and state in ('sending', 'reconciling')
    returning id, draft_id, state, attempt, fence, transitions)
  insert into submission_events (submission_id, sequence, state, attempt, fence, actor, cause, at)
  select id, transitions, state, attempt, fence, 'reconciler', null, $4::timestamptz from moved returning fence`;

const HOLD_MS = 3_600_000;
const LIVE = `state in ('received', 'sending', 'ambiguous', 'reconciling', 'parked')`;
const keys = createKeys([dataKey('a', Buffer.alloc(32, 1))]);
const database = (url: string) => url.replace('/postgres?', '/upgrade?');
const ownerUrl = database(inject('postgresOwnerUrl'));
const old = new Client({ connectionString: ownerUrl });

let clock = Date.now();
let opened: OpenDatabase;
let ledger: Ledger;
let phones = 0;
let drafts = 0;
const newPhone = () => `+52155${10_000_000 + ++phones}`;
const newDraft = () => `draft-${++drafts}`;
const now = () => new Date(clock);

function intend(phone: string, id = newDraft(), version = 1): Intent {
  const request = { phoneNumber: phone } as SessionLinkRequest;
  return { draft: { id, version }, request, consent: sampleConsent, sendableUntil: undefined };
}

type OldClaim = { id: string; draftId: string; attempt: number; fence: number };

async function beginOld(phone: string, draftId = newDraft(), client = old): Promise<OldClaim | undefined> {
  const values = [crypto.randomUUID(), draftId, keyedHash(phone, 'phone', keys), now().toISOString()];
  const [row] = (await client.query<Omit<OldClaim, 'draftId'>>(OLD_BEGIN, values)).rows;
  return row && { ...row, draftId };
}

async function endOld({ id, fence }: Pick<OldClaim, 'id' | 'fence'>, state: 'refused' | 'ambiguous'): Promise<boolean> {
  return (await old.query(OLD_END, [id, fence, state, now().toISOString()])).rows.length > 0;
}

async function beginNew(phone: string, draftId?: string) {
  const intent = intend(phone, draftId);
  const claim = await ledger.begin(intent, 'absent');
  if (claim) return claim;
  const received = await ledger.receive(intent, 15_000);
  return received.kind === 'kept' && received.isMine
    ? ledger.claim({ id: received.id, draftId: intent.draft.id }, 'absent', { actor: 'customer' })
    : undefined;
}

const countLive = async (phone: string) =>
  (await old.query(`select id from submissions where ${LIVE} and phone_hash = $1`, [keyedHash(phone, 'phone', keys)]))
    .rows.length;

beforeAll(async () => {
  const server = new Client({ connectionString: inject('postgresOwnerUrl') });
  await server.connect();
  await server.query('create database upgrade');
  await server.end();
  await old.connect();
  await old.query('create schema drizzle');
  await old.query(
    'create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
  );
  for (const { sql, hash, folderMillis } of readMigrationFiles(EXPANSION).slice(0, OLD_MIGRATIONS)) {
    for (const text of sql) await old.query(text);
    await old.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', [
      hash,
      folderMillis,
    ]);
  }
});
afterAll(async () => {
  await opened?.close();
  await old.end();
});

const written = { sending: newPhone(), ambiguous: newPhone(), refused: newPhone() };
const writtenClaims: Partial<Record<keyof typeof written, OldClaim>> = {};

test('a database of the version before is migrated while its rows are live', async () => {
  for (const [state, phone] of Object.entries(written) as [keyof typeof written, string][]) {
    const claim = await beginOld(phone);
    if (!claim) throw new Error('not begun');
    writtenClaims[state] = claim;
    if (state !== 'sending') expect(await endOld(claim, state)).toBe(true);
  }
  await migratePostgres(ownerUrl, { appRole: 'app' });
  opened = await openTestPostgres(database(inject('postgresUrl')));
  ledger = ledgerStore(opened.database, keys, now, { lease: 30_000, firstLook: 60_000, hold: HOLD_MS });
  expect((await old.query('select hash from claims')).rows).toEqual([]);
});

test('a new instance takes no phone that an old one is sending for, and an old one none of a new one', async () => {
  expect(await beginNew(written.sending)).toBeUndefined();
  expect(await beginNew(written.ambiguous)).toBeUndefined();
  expect(await beginNew(written.refused)).toBeDefined();
  expect(await beginOld(written.refused)).toBeUndefined();
  expect((await old.query('select hash from claims')).rows).toHaveLength(1);
});

test('of old and new instances that begin at once, one has the phone', async () => {
  const clients = Array.from({ length: 3 }, () => new Client({ connectionString: ownerUrl }));
  await Promise.all(clients.map((client) => client.connect()));
  for (let round = 0; round < 30; round += 1) {
    const phone = newPhone();
    const begun = await Promise.all([
      ...clients.map((client) => beginOld(phone, newDraft(), client)),
      ...clients.map(() => beginNew(phone)),
    ]);
    expect(begun.filter((claim) => claim !== undefined)).toHaveLength(1);
    expect(await countLive(phone)).toBe(1);
  }
  await Promise.all(clients.map((client) => client.end()));
});

test('what an old instance began and lost is found, settled and told by a new one', async () => {
  const phone = newPhone();
  const begun = await beginOld(phone);
  if (!begun) throw new Error('not begun');
  clock += 31_000;
  expect(await ledger.recover(false)).toBeGreaterThan(0);
  clock += 61_000;
  const taken = (await ledger.take(100)).find(({ id }) => id === begun.id);
  if (!taken) throw new Error('not taken');
  expect(await endOld(begun, 'refused')).toBe(false);
  expect(await ledger.finish(taken, { state: 'refused', outcome: 'refused' }, { actor: 'reconciler' })).toBe(true);
  const states = (await operations(opened.database, keys, now).story(begun.id)).map(({ state }) => state);
  expect(states).toEqual(['sending', 'ambiguous', 'reconciling', 'refused']);
  expect(await beginNew(phone)).toBeDefined();
});

test('a phone whose submission an old instance has ended is held for the hold at most, and never from its own draft', async () => {
  const phone = newPhone();
  const claim = await beginNew(phone);
  if (!claim) throw new Error('not begun');
  expect(await endOld(claim, 'refused')).toBe(true);
  expect(await beginNew(phone)).toBeUndefined();
  const again = await ledger.begin(intend(phone, claim.draftId, 2), 'absent');
  expect(again).toBeDefined();
  if (again) await endOld(again, 'refused');
  clock += HOLD_MS + 31_000;
  expect(await beginNew(phone)).toBeDefined();
});

test('a submission of unknown fate that an old instance left holds its phone for the hold, and lets go of it', async () => {
  const phone = newPhone();
  const begun = await beginOld(phone);
  if (begun) await endOld(begun, 'ambiguous');
  clock += HOLD_MS - 1_000;
  expect(await beginNew(phone)).toBeUndefined();
  clock += 2_000;
  expect(await beginNew(phone)).toBeDefined();
});

test('once contracted, what old instances left has its claim, they can begin nothing, and the same new ones go on', async () => {
  const [held, ended] = [newPhone(), newPhone()];
  const left = await beginOld(held);
  const stale = await beginNew(ended);
  if (!left || !stale) throw new Error('not begun');
  await endOld(stale, 'refused');
  const successor = await beginOld(ended);
  expect(successor).toBeDefined(); // beside the claim that the old instance has not deleted

  await migratePostgres(ownerUrl, { appRole: 'app', contracts: true });
  const owners = await old.query('select draft_id from claims where hash = any($1)', [
    [held, ended].map((phone) => keyedHash(phone, 'phone', keys)),
  ]);
  expect(new Set(owners.rows.map((row: { draft_id: string }) => row.draft_id))).toEqual(
    new Set([left.draftId, successor?.draftId]),
  );
  for (const phone of [held, ended]) expect(await beginNew(phone)).toBeUndefined();
  await expect(beginOld(newPhone())).rejects.toMatchObject({ code: '23502', column: 'draft_id' });

  expect(await ledger.finish(left, { state: 'refused', outcome: 'refused' }, { actor: 'customer' })).toBe(true);
  expect(await beginNew(held)).toBeDefined();
  const indexes = await old.query(`select 1 from pg_indexes where indexname = 'submissions_phone_held'`);
  expect(indexes.rows).toEqual([]);
  expect((await operations(opened.database, keys, now).story(left.id)).map(({ state }) => state)).toEqual([
    'sending',
    'refused',
  ]);
});

test('contracted or not, twenty drafts with one phone that begin at once make one call', async () => {
  const phone = newPhone();
  const begun = await Promise.all(Array.from({ length: 20 }, () => beginNew(phone)));
  expect(begun.filter((claim) => claim !== undefined)).toHaveLength(1);
  expect(await countLive(phone)).toBe(1);
});

import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createDataKey, createKeys } from '../crypto/encryption.ts';
import { computeKeyedHash } from '../crypto/keyed-hash.ts';
import { sampleConsent } from '../domain/sample-answers.ts';
import type { SessionLinkRequest } from '../domain/session-link-request.ts';
import type { OpenDatabase } from './database.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { applyPostgresMigrations } from './migrate-postgres.ts';
import { createSubmissionAdmin } from './submission-admin.ts';
import type { Intent } from './submissions/create.ts';
import { openTestPostgres } from './test-database.ts';
import { createPreviousDatabase } from './test-previous-version.ts';

// A database of the version before `claims`, whose instances go on beside new ones while it is migrated.

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
const keys = createKeys([createDataKey('a', Buffer.alloc(32, 1))]);
const database = (url: string) => url.replace('/postgres?', '/upgrade?');
const ownerUrl = database(inject('postgresOwnerUrl'));
let old: Client;

let clock = Date.now();
let opened: OpenDatabase;
let ledger: Ledger;
let phones = 0;
let drafts = 0;
const newPhone = () => `+52155${10_000_000 + ++phones}`;
const newDraft = () => `draft-${++drafts}`;
const now = () => new Date(clock);

function buildIntent(phone: string, id = newDraft(), version = 1): Intent {
  const request = { phoneNumber: phone } as SessionLinkRequest;
  return { draft: { id, version }, request, consent: sampleConsent, sendDeadline: undefined };
}

type OldClaim = { id: string; draftId: string; attempt: number; fence: number };

async function claimWithOldVersion(
  phone: string,
  draftId = newDraft(),
  client: Client = old,
): Promise<OldClaim | undefined> {
  const values = [crypto.randomUUID(), draftId, computeKeyedHash(phone, 'phone', keys), now().toISOString()];
  const [row] = (await client.query<Omit<OldClaim, 'draftId'>>(OLD_BEGIN, values)).rows;
  return row && { ...row, draftId };
}

async function endWithOldVersion(
  { id, fence }: Pick<OldClaim, 'id' | 'fence'>,
  state: 'refused' | 'ambiguous',
): Promise<boolean> {
  return (await old.query(OLD_END, [id, fence, state, now().toISOString()])).rows.length > 0;
}

async function claimWithNewVersion(phone: string, draftId?: string) {
  const intent = buildIntent(phone, draftId);
  const claim = await ledger.createClaimedSubmission(intent, 'absent');
  if (claim) return claim;
  const received = await ledger.createSubmission(intent, 15_000);
  return received.kind === 'kept' && received.isMine
    ? ledger.claim({ id: received.id, draftId: intent.draft.id }, 'absent', { actor: 'customer' })
    : undefined;
}

const countLive = async (phone: string) =>
  (
    await old.query(`select id from submissions where ${LIVE} and phone_hash = $1`, [
      computeKeyedHash(phone, 'phone', keys),
    ])
  ).rows.length;

beforeAll(async () => {
  old = (await createPreviousDatabase(inject('postgresOwnerUrl'), 'upgrade')).client;
});
afterAll(async () => {
  await opened?.close();
  await old.end();
});

const phonesByState = { sending: newPhone(), ambiguous: newPhone(), refused: newPhone() };
const claimsByState: Partial<Record<keyof typeof phonesByState, OldClaim>> = {};

test('a database of the version before is migrated while its rows are live', async () => {
  for (const [state, phone] of Object.entries(phonesByState) as [keyof typeof phonesByState, string][]) {
    const claim = await claimWithOldVersion(phone);
    if (!claim) throw new Error('not begun');
    claimsByState[state] = claim;
    if (state !== 'sending') expect(await endWithOldVersion(claim, state)).toBe(true);
  }
  await applyPostgresMigrations(ownerUrl, { appRole: 'app' });
  opened = await openTestPostgres(database(inject('postgresUrl')));
  ledger = createLedger(opened.database, keys, now, { leaseMs: 30_000, firstLookupMs: 60_000, holdMs: HOLD_MS });
  expect((await old.query('select hash from claims')).rows).toEqual([]);
});

test('a new instance takes no phone that an old one is sending for, and an old one none of a new one', async () => {
  expect(await claimWithNewVersion(phonesByState.sending)).toBeUndefined();
  expect(await claimWithNewVersion(phonesByState.ambiguous)).toBeUndefined();
  expect(await claimWithNewVersion(phonesByState.refused)).toBeDefined();
  expect(await claimWithOldVersion(phonesByState.refused)).toBeUndefined();
  expect((await old.query('select hash from claims')).rows).toHaveLength(1);
});

test('of old and new instances that begin at once, one has the phone', async () => {
  const clients = Array.from({ length: 3 }, () => new Client({ connectionString: ownerUrl }));
  await Promise.all(clients.map((client) => client.connect()));
  for (let round = 0; round < 30; round += 1) {
    const phone = newPhone();
    const claims = await Promise.all([
      ...clients.map((client) => claimWithOldVersion(phone, newDraft(), client)),
      ...clients.map(() => claimWithNewVersion(phone)),
    ]);
    expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
    expect(await countLive(phone)).toBe(1);
  }
  await Promise.all(clients.map((client) => client.end()));
});

test('what an old instance began and lost is found, settled and told by a new one', async () => {
  const phone = newPhone();
  const claim = await claimWithOldVersion(phone);
  if (!claim) throw new Error('not begun');
  clock += 31_000;
  expect(await ledger.recordLostCalls(false)).toBeGreaterThan(0);
  clock += 61_000;
  const ambiguous = (await ledger.claimDue(100)).find(({ id }) => id === claim.id);
  if (!ambiguous) throw new Error('not taken');
  expect(await endWithOldVersion(claim, 'refused')).toBe(false);
  expect(await ledger.recordResult(ambiguous, { state: 'refused', outcome: 'refused' }, { actor: 'reconciler' })).toBe(
    true,
  );
  const states = (await createSubmissionAdmin(opened.database, keys, now).listHistory(claim.id)).map(
    ({ state }) => state,
  );
  expect(states).toEqual(['sending', 'ambiguous', 'reconciling', 'refused']);
  expect(await claimWithNewVersion(phone)).toBeDefined();
});

test('a phone whose submission an old instance has ended is held for the hold at most, and never from its own draft', async () => {
  const phone = newPhone();
  const claim = await claimWithNewVersion(phone);
  if (!claim) throw new Error('not begun');
  expect(await endWithOldVersion(claim, 'refused')).toBe(true);
  expect(await claimWithNewVersion(phone)).toBeUndefined();
  const again = await ledger.createClaimedSubmission(buildIntent(phone, claim.draftId, 2), 'absent');
  expect(again).toBeDefined();
  if (again) await endWithOldVersion(again, 'refused');
  clock += HOLD_MS + 31_000;
  expect(await claimWithNewVersion(phone)).toBeDefined();
});

test('an ambiguous submission that an old instance left holds its phone for the hold, and lets go of it', async () => {
  const phone = newPhone();
  const claim = await claimWithOldVersion(phone);
  if (claim) await endWithOldVersion(claim, 'ambiguous');
  clock += HOLD_MS - 1_000;
  expect(await claimWithNewVersion(phone)).toBeUndefined();
  clock += 2_000;
  expect(await claimWithNewVersion(phone)).toBeDefined();
});

test('once contracted, what old instances left has its claim, they can begin nothing, and the same new ones go on', async () => {
  const [heldPhone, endedPhone] = [newPhone(), newPhone()];
  const oldClaim = await claimWithOldVersion(heldPhone);
  const stale = await claimWithNewVersion(endedPhone);
  if (!oldClaim || !stale) throw new Error('not begun');
  await endWithOldVersion(stale, 'refused');
  const successor = await claimWithOldVersion(endedPhone);
  expect(successor).toBeDefined(); // beside the claim that the old instance has not deleted

  await applyPostgresMigrations(ownerUrl, { appRole: 'app', canContract: true });
  const owners = await old.query('select draft_id from claims where hash = any($1)', [
    [heldPhone, endedPhone].map((phone) => computeKeyedHash(phone, 'phone', keys)),
  ]);
  expect(new Set(owners.rows.map((row: { draft_id: string }) => row.draft_id))).toEqual(
    new Set([oldClaim.draftId, successor?.draftId]),
  );
  for (const phone of [heldPhone, endedPhone]) expect(await claimWithNewVersion(phone)).toBeUndefined();
  await expect(claimWithOldVersion(newPhone())).rejects.toMatchObject({ code: '23502', column: 'draft_id' });

  expect(await ledger.recordResult(oldClaim, { state: 'refused', outcome: 'refused' }, { actor: 'customer' })).toBe(
    true,
  );
  expect(await claimWithNewVersion(heldPhone)).toBeDefined();
  const indexes = await old.query(`select 1 from pg_indexes where indexname = 'submissions_phone_held'`);
  expect(indexes.rows).toEqual([]);
  expect(
    (await createSubmissionAdmin(opened.database, keys, now).listHistory(oldClaim.id)).map(({ state }) => state),
  ).toEqual(['sending', 'refused']);
});

test('contracted or not, twenty drafts with one phone that begin at once make one call', async () => {
  const phone = newPhone();
  const claims = await Promise.all(Array.from({ length: 20 }, () => claimWithNewVersion(phone)));
  expect(claims.filter((claim) => claim !== undefined)).toHaveLength(1);
  expect(await countLive(phone)).toBe(1);
});

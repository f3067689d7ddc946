import { randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest';
import { createDataKey, createKeys } from '../crypto/encryption.ts';
import { computeKeyedHash } from '../crypto/keyed-hash.ts';
import type { OpenDatabase } from './database.ts';
import { createFailoverDetector, type FailoverDetector } from './failovers.ts';
import { databaseIdentities, drafts, submissionEvents, submissions } from './schema.ts';
import { openOwnPostgres } from './test-database.ts';

const keys = createKeys([createDataKey('a', randomBytes(32))]);
const NOON = Date.parse('2026-11-22T12:00:00Z');
const MINUTE_MS = 60_000;
const call = { draftId: 'mine', phone: '+525512345678' };

let opened: OpenDatabase;
let failovers: FailoverDetector;
const onFailover = vi.fn();
beforeAll(async () => {
  opened = await openOwnPostgres({ appUrl: inject('postgresUrl'), ownerUrl: inject('postgresOwnerUrl') }, 'failovers');
  failovers = createFailoverDetector(opened.database, keys, () => new Date(NOON), onFailover);
});
afterAll(() => opened.close());

beforeEach(async () => {
  onFailover.mockClear();
  for (const table of [databaseIdentities, drafts, submissions]) await opened.database.delete(table);
});

const addEarlierIdentity = () =>
  opened.database.insert(databaseIdentities).values({ identity: '1/00000001', seenAt: new Date(NOON - MINUTE_MS) });
const addDraft = (ms: number) =>
  opened.database
    .insert(drafts)
    .values({ id: 'mine', version: 1, sealed: '', createdAt: new Date(NOON + ms), expiresAt: new Date(NOON + 8.64e7) });

test('the first Postgres is written down once, and is no failover', async () => {
  await addDraft(-MINUTE_MS);
  await failovers.recordIdentity();
  await failovers.recordIdentity();
  const rows = await opened.database.select().from(databaseIdentities);
  expect(rows).toEqual([{ identity: expect.stringMatching(/^\d+\/[0-9A-F]{8}$/), seenAt: new Date(NOON) }]);
  expect(await failovers.hasPossibleLostCall(call)).toBe(false);
  expect(onFailover).not.toHaveBeenCalled();
});

test('a failover is reported once', async () => {
  await addEarlierIdentity();
  await failovers.recordIdentity();
  await failovers.recordIdentity();
  expect(onFailover).toHaveBeenCalledOnce();
});

test.each([
  [-60, true],
  [59, true],
  [61, false],
])('a draft that was begun %i minutes after a failover may have lost a call: %s', async (minutes, isLost) => {
  await addEarlierIdentity();
  await addDraft(minutes * MINUTE_MS);
  expect(await failovers.hasPossibleLostCall(call)).toBe(isLost);
});

test('a row of a call for the phone shows that none was lost; one that was never called for does not', async () => {
  await addEarlierIdentity();
  await addDraft(-MINUTE_MS);
  const row = {
    ...{ id: crypto.randomUUID(), draftId: 'another', draftVersion: 1, state: 'succeeded' as const, transitions: 1 },
    ...{ phoneHash: computeKeyedHash(call.phone, 'phone', keys), createdAt: new Date(NOON), updatedAt: new Date(NOON) },
  };
  await opened.database.insert(submissions).values({ ...row, attempt: 0 });
  expect(await failovers.hasPossibleLostCall(call)).toBe(true);
  await opened.database.update(submissions).set({ attempt: sql`1` });
  expect(await failovers.hasPossibleLostCall(call)).toBe(false);
  // A call that made nobody, as before a corrected typo, says nothing of a later one.
  const set = (columns: Partial<typeof submissions.$inferInsert>) => opened.database.update(submissions).set(columns);
  await set({ state: 'refused', precheck: 'absent' });
  expect(await failovers.hasPossibleLostCall(call)).toBe(true);
  await set({ state: 'refused', precheck: 'present' });
  expect(await failovers.hasPossibleLostCall(call)).toBe(false);
  await set({ state: 'expired', precheck: 'absent' });
  expect(await failovers.hasPossibleLostCall(call)).toBe(true);
  // Without the right to look up, a refusal does not tell whether the phone was known before.
  for (const precheck of ['unknown', null] as const) {
    await set({ state: 'refused', precheck });
    expect(await failovers.hasPossibleLostCall(call)).toBe(true);
  }
  // A first call was not processed; the claim and the result of the second one may be lost.
  await set({ state: 'received', precheck: 'absent' });
  expect(await failovers.hasPossibleLostCall(call)).toBe(true);
  // An operator has decided that nothing arrived: the customer must not wait for a decision again.
  await set({ draftId: call.draftId });
  const event = {
    submissionId: row.id,
    draftId: call.draftId,
    attempt: 1,
    fence: 1,
    at: new Date(NOON),
    state: 'received' as const,
  };
  await opened.database.insert(submissionEvents).values({ ...event, sequence: 1, actor: 'customer' });
  expect(await failovers.hasPossibleLostCall(call)).toBe(true);
  await opened.database.insert(submissionEvents).values({ ...event, sequence: 2, actor: 'operator' });
  expect(await failovers.hasPossibleLostCall(call)).toBe(false);
});

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getTableColumns, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { systemRuntime } from '../config/runtime.ts';
import { createDataKey, createKeys, type Keys } from '../crypto/encryption.ts';
import { APPLICATION_EVENT_TYPES } from '../domain/events/application-event.ts';
import { sampleConsent, sampleContext } from '../domain/sample-answers.ts';
import type { SessionLinkRequest } from '../domain/session-link-request.ts';
import { createUpstreamGuard } from '../upstream/upstream-guard.ts';
import { runReconciliation } from '../use-cases/submission/run-reconciliation.ts';
import { createCaseRepository } from './cases.ts';
import type { Database, OpenDatabase } from './database.ts';
import { createDraftRepository } from './drafts.ts';
import { openPglite } from './embedded-database.ts';
import { ENCRYPTED_COLUMNS, type EncryptedKind } from './encrypted-values.ts';
import { createHandoverRepository } from './handovers.ts';
import { createHelpRequestRepository } from './help-requests.ts';
import { createLedger } from './ledger.ts';
import { createPrivacyService } from './privacy.ts';
import { countRowsByKey, reencrypt } from './reencrypt.ts';
import { createRequiredKeyRegistry } from './required-keys.ts';
import * as schema from './schema.ts';
import { createSubmissionAdmin } from './submission-admin.ts';
import { openOwnPostgres } from './test-database.ts';
import { hashToken } from './token.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [oldKey, newKey, hashKey] = [
  createDataKey('old', randomBytes(32)),
  createDataKey('new', randomBytes(32)),
  createDataKey('1', randomBytes(32)),
];
const OLD = createKeys([oldKey], hashKey);
const OLD_FIRST = createKeys([oldKey, newKey], hashKey);
const NEW_FIRST = createKeys([newKey, oldKey], hashKey);
const NEW = createKeys([newKey], hashKey);
const KINDS = Object.keys(ENCRYPTED_COLUMNS) as EncryptedKind[];
const PHONE = '+525512340001';
const INTENT = { consent: sampleConsent, sendDeadline: undefined };
const now = () => new Date();

test('the list of encrypted columns holds every column of the schema that is named so', () => {
  const tables = Object.values(schema).filter((table) => is(table, PgTable));
  const columns = tables.flatMap((table) => Object.entries(getTableColumns(table)));
  const encrypted = columns.filter(([name]) => name.startsWith('sealed')).map(([, column]) => column);
  expect(encrypted.length).toBeGreaterThanOrEqual(6);
  expect(new Set<unknown>(Object.values(ENCRYPTED_COLUMNS))).toEqual(new Set(encrypted));
});

function createStores(database: Database, keys: Keys) {
  return {
    drafts: createDraftRepository(database, keys, now, [{ endpoint: 'crm', types: APPLICATION_EVENT_TYPES }]),
    cases: createCaseRepository(database, keys, now),
    ledger: createLedger(database, keys, now, { leaseMs: 30_000, firstLookupMs: 60_000, holdMs: 3_600_000 }),
    handovers: createHandoverRepository(database, keys, now),
    help: createHelpRequestRepository(database, keys, now),
    required: createRequiredKeyRegistry(database, keys, now),
  };
}

const buildRequest = (phoneNumber: string) => ({ phoneNumber }) as SessionLinkRequest;

/** One row of every encrypted kind. @returns what finds the rows again */
async function seed(database: Database, keys: Keys, phone = PHONE) {
  const { drafts, cases, ledger, handovers, help } = createStores(database, keys);
  const draft = await drafts.create({ steps: {} });
  const sent = await drafts.create({ steps: {} });
  const caseId = crypto.randomUUID();
  await cases.create({ id: caseId, shop: 's', agent: 'ana' }, { token: draft, phone, name: 'María', lang: 'es' });
  await handovers.create(caseId);
  const helpToken = await help.create(draft, 'es');
  const payload = await ledger.createSubmission(
    { ...INTENT, draft: { id: hashToken(draft), version: 1 }, request: buildRequest(phone) },
    0,
  );
  const other = { ...INTENT, draft: { id: hashToken(sent), version: 1 }, request: buildRequest(`${phone}9`) };
  const claim = await ledger.createClaimedSubmission(other, 'absent');
  if (payload.kind !== 'kept' || !claim) throw new Error('not received');
  const end = { state: 'succeeded', link: 'https://links.example/a' } as const;
  await ledger.recordResult(claim, end, { actor: 'customer' });
  return { draft, sent, caseId, helpToken, phone };
}

/** Reads every row that `seed` made. */
async function readAll(database: Database, keys: Keys, seeded: Awaited<ReturnType<typeof seed>>) {
  const { drafts, cases, ledger, handovers, help } = createStores(database, keys);
  return {
    draft: (await drafts.find(seeded.draft))?.content,
    case: (await cases.listOpen('s')).map(({ customer }) => customer.name),
    handover: (await handovers.findLatest(seeded.caseId))?.code.length,
    help: (await help.find(seeded.helpToken))?.draftToken === seeded.draft,
    link: (await ledger.findLatest(hashToken(seeded.sent)))?.link,
    byPhone: (await cases.findOpenByPhone(seeded.phone, 's'))?.id === seeded.caseId,
  };
}
const READABLE = {
  ...{ draft: { steps: {} }, case: ['María'], handover: 8, help: true, link: 'https://links.example/a' },
  ...{ byPhone: true },
};
const UNREADABLE = {
  ...{ draft: undefined, case: [], handover: undefined, help: false, link: undefined },
  ...{ byPhone: false },
};

describe.each([
  ['PGlite', () => openPglite(folder)],
  // These tests count all rows of a database, so they have one of their own.
  ['Postgres', () => openOwnPostgres({ appUrl: inject('postgresUrl'), ownerUrl: inject('postgresOwnerUrl') }, 'keys')],
])('keys on %s', (_name, open) => {
  let opened: OpenDatabase;
  let database: Database;
  beforeAll(async () => {
    opened = await open();
    database = opened.database;
  });
  beforeEach(async () => {
    const tables = [schema.requiredKeys, schema.claims, ...Object.values(ENCRYPTED_COLUMNS).map(({ table }) => table)];
    for (const table of tables) await database.execute(sql`delete from ${table}`);
  });
  afterAll(() => opened.close());

  const check = (keys: Keys) => createRequiredKeyRegistry(database, keys, now).check();
  const registered = async () => (await database.select().from(schema.requiredKeys)).map(({ id }) => id).sort();
  const isHeld = async (keys: Keys, phone: string) => {
    const draft = { id: `another-${crypto.randomUUID()}`, version: 1 };
    const received = await createStores(database, keys).ledger.createSubmission(
      { ...INTENT, draft, request: buildRequest(phone) },
      0,
    );
    return received.kind === 'phone-held';
  };

  test('a rotation in its order never stops a server, and every key in it is checked', async () => {
    for (const keys of [OLD, OLD, OLD_FIRST, OLD, OLD_FIRST, NEW_FIRST]) await check(keys);
    expect(await registered()).toEqual(['hash', 'new', 'old']);
    await expect(check(OLD)).rejects.toThrow(/^Missing or wrong in the environment: DATA_KEY \(.*"new"/);
    await expect(check(NEW)).rejects.toThrow(/DATA_KEY \(.*"old"/);
    await check(OLD_FIRST);
    await createRequiredKeyRegistry(database, NEW_FIRST, now).releaseUnused();
    await check(NEW);
  });

  test('a key with other bytes under a known id is refused by name, and leaves no trace', async () => {
    await check(OLD);
    const other = createDataKey('old', randomBytes(32));
    const wrong = [createKeys([other], hashKey), createKeys([newKey, other], hashKey)];
    for (const keys of wrong) await expect(check(keys)).rejects.toThrow(/DATA_KEY \(.*"old".* not the one/);
    await expect(
      createRequiredKeyRegistry(database, createKeys([other], hashKey), now).checkConfigured(),
    ).rejects.toThrow();
    await expect(check(createKeys([oldKey], newKey))).rejects.toThrow(/environment: HASH_KEY \(/);
    await expect(check(createKeys([createDataKey('x', randomBytes(32))], newKey))).rejects.toThrow(
      /DATA_KEY.*HASH_KEY/,
    );
    expect(await registered()).toEqual(['hash', 'old']);
  });

  test('a hash key is known by its bytes, whatever its id is', async () => {
    await check(createKeys([oldKey]));
    await check(createKeys([newKey, oldKey], createDataKey('other', oldKey.key.export())));
    await expect(check(createKeys([newKey, oldKey], createDataKey('old', newKey.key.export())))).rejects.toThrow(
      /HASH_KEY/,
    );
  });

  test('of two servers with different keys that start at once, one is refused', async () => {
    const results = await Promise.allSettled([check(OLD), check(createKeys([newKey], hashKey))]);
    expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(1);
  });

  test.each(KINDS)('a database from before is looked through once: %s under a key that is missing', async (kind) => {
    await seed(database, OLD);
    const { table } = ENCRYPTED_COLUMNS[kind];
    for (const other of KINDS.filter((name) => name !== kind)) {
      if (ENCRYPTED_COLUMNS[other].table === table) {
        const { name } = ENCRYPTED_COLUMNS[other];
        await database.execute(sql`update ${table} set ${sql.identifier(name)} = null`);
      } else await database.execute(sql`delete from ${ENCRYPTED_COLUMNS[other].table}`);
    }
    if (kind !== 'payload' && kind !== 'link') await database.execute(sql`delete from submissions`);
    await expect(check(NEW)).rejects.toThrow(/DATA_KEY \(.*"old"/);
    expect(await registered()).toEqual([]);
    await check(NEW_FIRST);
    expect(await registered()).toEqual(['hash', 'new', 'old']);
    await expect(check(NEW)).rejects.toThrow(/DATA_KEY \(.*"old"/);
  });

  test.each(['submissions', 'cases'])(
    'a database from before shows in its %s that the hash key is another',
    async (table) => {
      await seed(database, createKeys([oldKey]));
      await database.execute(sql.raw(table === 'cases' ? 'delete from submissions' : 'delete from cases'));
      await expect(check(OLD)).rejects.toThrow(/environment: HASH_KEY \(/);
      await check(createKeys([newKey, oldKey], oldKey));
    },
  );

  test('rows of every kind are encrypted anew, read alike without the old key, and matched by their hashes', async () => {
    await check(OLD);
    const seeded = await seed(database, OLD);
    const before = await database.select().from(schema.submissions);
    await check(NEW_FIRST);
    await reencrypt(database, NEW_FIRST);
    const uses = await countRowsByKey(database);
    expect(uses.map(({ kind, keyId }) => [kind, keyId])).toEqual(KINDS.map((kind) => [kind, 'new']));
    expect(await createRequiredKeyRegistry(database, NEW_FIRST, now).releaseUnused()).toEqual([]);
    await check(NEW);
    expect(await isHeld(NEW, PHONE)).toBe(true);
    expect(await readAll(database, NEW, seeded)).toEqual(READABLE);
    const plain = ({ sealedPayload: _p, sealedLink: _l, ...row }: (typeof before)[number]) => row;
    const after = new Map((await database.select().from(schema.submissions)).map((row) => [row.id, plain(row)]));
    for (const row of before) expect(after.get(row.id)).toEqual(plain(row));
    const person = { phone: PHONE, sentAs: [PHONE], phoneRules: sampleContext.phoneRules };
    await database.execute(sql`update submissions set state = 'refused'`);
    expect(await createPrivacyService(database, NEW, now).erase(person)).toMatchObject({
      cases: 1,
      submissions: 1,
    });
  });

  test('rows that servers save while it runs are kept and taken too, over many batches', async () => {
    const { drafts } = createStores(database, OLD);
    const tokens: string[] = [];
    while (tokens.length < 250) tokens.push(await drafts.create({ steps: {} }));
    const saving = async (keys: Keys, some: readonly string[]) => {
      const store = createStores(database, keys).drafts;
      for (const token of some) {
        const draft = await store.find(token);
        const steps = { identity: { input: { firstName: token }, savedAt: '' } };
        if (draft) expect(await store.update(draft, { steps })).toBe(true);
      }
    };
    await Promise.all([
      reencrypt(database, NEW_FIRST),
      saving(NEW_FIRST, tokens.slice(0, 125)),
      saving(OLD_FIRST, tokens.slice(125)),
    ]);
    await reencrypt(database, NEW_FIRST);
    expect(await countRowsByKey(database)).toEqual([
      { kind: 'draft', keyId: 'new', rows: 250 },
      { kind: 'application', keyId: 'new', rows: 250 },
    ]);
    for (const token of tokens) {
      expect((await createStores(database, NEW).drafts.find(token))?.content.steps.identity?.input).toEqual({
        firstName: token,
      });
    }
  });

  test('what cannot be decrypted keeps its key, and a lost key is given up by its id alone', async () => {
    await check(OLD);
    await seed(database, OLD);
    await check(NEW_FIRST);
    await seed(database, NEW_FIRST, '+525512340002');
    await reencrypt(database, NEW);
    const required = createRequiredKeyRegistry(database, NEW, now);
    const keyUses = await required.releaseUnused();
    expect(keyUses.map(({ kind, keyId }) => [kind, keyId])).toEqual(KINDS.map((kind) => [kind, 'old']));
    await expect(check(NEW)).rejects.toThrow(/"old"/);
    expect([await required.deleteLostKey('nobody'), await required.deleteLostKey('old')]).toEqual([false, true]);
    await check(NEW);
  });

  test('a server that still encrypts with a released key registers it again', async () => {
    await check(OLD);
    await check(NEW_FIRST);
    await createRequiredKeyRegistry(database, NEW_FIRST, now).releaseUnused();
    await createRequiredKeyRegistry(database, OLD_FIRST, now).registerActive();
    await expect(check(NEW)).rejects.toThrow(/"old"/);
  });

  test('rows that cannot be decrypted are left out where rows are listed, and the others are there', async () => {
    const unreadableRows = await seed(database, OLD);
    const readableRows = await seed(database, NEW_FIRST, '+525512340002');
    await database.execute(sql`update submissions set state = 'parked' where sealed_payload is not null`);
    expect((await createStores(database, NEW).cases.listUnresolved('s')).map(({ id }) => id)).toEqual([
      readableRows.caseId,
    ]);
    expect(await readAll(database, NEW, readableRows)).toEqual(READABLE);
    expect(await readAll(database, NEW, unreadableRows)).toEqual({ ...UNREADABLE, case: ['María'] });
    const listWith = (keys: Keys) => createSubmissionAdmin(database, keys, now).list();
    expect((await listWith(NEW)).map(({ unreadable }) => unreadable)).toEqual([['payload', 'case'], []]);
    expect((await listWith(NEW_FIRST)).map(({ unreadable }) => unreadable)).toEqual([[], []]);
    const { cases, drafts } = createStores(database, NEW);
    expect([await cases.findById(unreadableRows.caseId), await cases.find(unreadableRows.caseId, 's')]).toEqual([
      undefined,
      undefined,
    ]);
    expect(await drafts.has(unreadableRows.draft)).toBe(true);
  });

  test('the reconciler sends nothing of a payload that cannot be decrypted, and does not take it again', async () => {
    await seed(database, OLD);
    await database.execute(
      sql`update submissions set state = 'ambiguous', lease_until = '2026-01-01', ambiguous_since = now() where state = 'received'`,
    );
    const fail = () => Promise.reject(new Error('the upstream was called'));
    const tools = {
      ...systemRuntime,
      ...{ raas: { createSessionLink: fail, findUser: fail, getEnrolledSessionLink: fail }, now, log: () => {} },
      sendWindowMs: 25_000,
      upstreamGuard: createUpstreamGuard(
        { ...{ failuresInARow: 9, failurePercent: 100, cooldownMs: 9 }, ...{ calls: 9, queue: 9, queueWaitMs: 9 } },
        () => {},
      ),
      limits: { absenceMs: 120_000, reviewAfterMs: 900_000, total: 5_000, lookup: 500 },
    };
    const { ledger } = createStores(database, NEW);
    expect([await runReconciliation({ ledger, ...tools }), await runReconciliation({ ledger, ...tools })]).toEqual([
      1, 0,
    ]);
    const [row] = (await database.select().from(schema.submissions)).filter(({ sealedPayload }) => sealedPayload);
    expect(row).toMatchObject({ state: 'parked' });
    expect(await isHeld(NEW, PHONE)).toBe(true);
  });
});

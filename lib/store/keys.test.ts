import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getTableColumns, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { systemRuntime } from '../config/runtime.ts';
import { createKeys, dataKey, type Keys } from '../crypto/encryption.ts';
import { sampleConsent, sampleContext } from '../domain/sample-answers.ts';
import type { SessionLinkRequest } from '../domain/session-link-request.ts';
import { openAdmission } from '../upstream/admission.ts';
import { reconcile } from '../use-cases/submission/reconcile.ts';
import { caseStore } from './cases.ts';
import type { Database, OpenDatabase } from './database.ts';
import { draftStore } from './drafts.ts';
import { openPglite } from './embedded-database.ts';
import { ENCRYPTED_COLUMNS, type EncryptedKind } from './encrypted-values.ts';
import { handoverStore } from './handovers.ts';
import { helpRequestStore } from './help-requests.ts';
import { ledgerStore } from './ledger.ts';
import { operations } from './operations.ts';
import { privacyStore } from './privacy.ts';
import { countRowsByKey, reencrypt } from './reencrypt.ts';
import { requiredKeyStore } from './required-keys.ts';
import * as schema from './schema.ts';
import { openOwnPostgres } from './test-database.ts';
import { idOf } from './token.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [oldKey, newKey, hashKey] = [
  dataKey('old', randomBytes(32)),
  dataKey('new', randomBytes(32)),
  dataKey('1', randomBytes(32)),
];
const OLD = createKeys([oldKey], hashKey);
const OLD_FIRST = createKeys([oldKey, newKey], hashKey);
const NEW_FIRST = createKeys([newKey, oldKey], hashKey);
const NEW = createKeys([newKey], hashKey);
const KINDS = Object.keys(ENCRYPTED_COLUMNS) as EncryptedKind[];
const PHONE = '+525512340001';
const INTENT = { consent: sampleConsent, sendableUntil: undefined };
const now = () => new Date();

test('the list of encrypted columns holds every column of the schema that is named so', () => {
  const tables = Object.values(schema).filter((table) => is(table, PgTable));
  const columns = tables.flatMap((table) => Object.entries(getTableColumns(table)));
  const encrypted = columns.filter(([name]) => name.startsWith('sealed')).map(([, column]) => column);
  expect(encrypted.length).toBeGreaterThanOrEqual(6);
  expect(new Set<unknown>(Object.values(ENCRYPTED_COLUMNS))).toEqual(new Set(encrypted));
});

function storesOf(database: Database, keys: Keys) {
  return {
    drafts: draftStore(database, keys, now),
    cases: caseStore(database, keys, now),
    ledger: ledgerStore(database, keys, now, { lease: 30_000, firstLook: 60_000, hold: 3_600_000 }),
    handovers: handoverStore(database, keys, now),
    help: helpRequestStore(database, keys, now),
    required: requiredKeyStore(database, keys, now),
  };
}

const requestOf = (phoneNumber: string) => ({ phoneNumber }) as SessionLinkRequest;

/** One row of every encrypted kind. @returns what finds the rows again */
async function seed(database: Database, keys: Keys, phone = PHONE) {
  const { drafts, cases, ledger, handovers, help } = storesOf(database, keys);
  const draft = await drafts.create({ steps: {} });
  const sent = await drafts.create({ steps: {} });
  const caseId = crypto.randomUUID();
  await cases.create({ id: caseId, shop: 's', agent: 'ana' }, { token: draft, phone, name: 'María', lang: 'es' });
  await handovers.create(caseId);
  const helpToken = await help.create(draft, 'es');
  const payload = await ledger.receive(
    { ...INTENT, draft: { id: idOf(draft), version: 1 }, request: requestOf(phone) },
    0,
  );
  const other = { ...INTENT, draft: { id: idOf(sent), version: 1 }, request: requestOf(`${phone}9`) };
  const claim = await ledger.begin(other, 'absent');
  if (payload.kind !== 'kept' || !claim) throw new Error('not received');
  const end = { state: 'succeeded', link: 'https://links.example/a' } as const;
  await ledger.finish(claim, end, { actor: 'customer' });
  return { draft, sent, caseId, helpToken, phone };
}

/** Reads every row that `seed` made. */
async function readAll(database: Database, keys: Keys, seeded: Awaited<ReturnType<typeof seed>>) {
  const { drafts, cases, ledger, handovers, help } = storesOf(database, keys);
  return {
    draft: (await drafts.find(seeded.draft))?.content,
    case: (await cases.open('s')).map(({ customer }) => customer.name),
    handover: (await handovers.latest(seeded.caseId))?.code.length,
    help: (await help.find(seeded.helpToken))?.draftToken === seeded.draft,
    link: (await ledger.latest(idOf(seeded.sent)))?.link,
    byPhone: (await cases.openOf(seeded.phone, 's'))?.id === seeded.caseId,
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

  const check = (keys: Keys) => requiredKeyStore(database, keys, now).check();
  const registered = async () => (await database.select().from(schema.requiredKeys)).map(({ id }) => id).sort();
  const isHeld = async (keys: Keys, phone: string) => {
    const draft = { id: `another-${crypto.randomUUID()}`, version: 1 };
    const received = await storesOf(database, keys).ledger.receive({ ...INTENT, draft, request: requestOf(phone) }, 0);
    return received.kind === 'phone-held';
  };

  test('a rotation in its order never stops a server, and every key in it is checked', async () => {
    for (const keys of [OLD, OLD, OLD_FIRST, OLD, OLD_FIRST, NEW_FIRST]) await check(keys);
    expect(await registered()).toEqual(['hash', 'new', 'old']);
    await expect(check(OLD)).rejects.toThrow(/^Missing or wrong in the environment: DATA_KEY \(.*"new"/);
    await expect(check(NEW)).rejects.toThrow(/DATA_KEY \(.*"old"/);
    await check(OLD_FIRST);
    await requiredKeyStore(database, NEW_FIRST, now).releaseUnused();
    await check(NEW);
  });

  test('a key with other bytes under a known id is refused by name, and leaves no trace', async () => {
    await check(OLD);
    const other = dataKey('old', randomBytes(32));
    const wrong = [createKeys([other], hashKey), createKeys([newKey, other], hashKey)];
    for (const keys of wrong) await expect(check(keys)).rejects.toThrow(/DATA_KEY \(.*"old".* not the one/);
    await expect(requiredKeyStore(database, createKeys([other], hashKey), now).checkConfigured()).rejects.toThrow();
    await expect(check(createKeys([oldKey], newKey))).rejects.toThrow(/environment: HASH_KEY \(/);
    await expect(check(createKeys([dataKey('x', randomBytes(32))], newKey))).rejects.toThrow(/DATA_KEY.*HASH_KEY/);
    expect(await registered()).toEqual(['hash', 'old']);
  });

  test('a hash key is known by its bytes, whatever its id is', async () => {
    await check(createKeys([oldKey]));
    await check(createKeys([newKey, oldKey], dataKey('other', oldKey.key.export())));
    await expect(check(createKeys([newKey, oldKey], dataKey('old', newKey.key.export())))).rejects.toThrow(/HASH_KEY/);
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
    expect(await requiredKeyStore(database, NEW_FIRST, now).releaseUnused()).toEqual([]);
    await check(NEW);
    expect(await isHeld(NEW, PHONE)).toBe(true);
    expect(await readAll(database, NEW, seeded)).toEqual(READABLE);
    const plain = ({ sealedPayload: _p, sealedLink: _l, ...row }: (typeof before)[number]) => row;
    const after = new Map((await database.select().from(schema.submissions)).map((row) => [row.id, plain(row)]));
    for (const row of before) expect(after.get(row.id)).toEqual(plain(row));
    const person = { phone: PHONE, sentAs: [PHONE], phoneRules: sampleContext.phoneRules };
    await database.execute(sql`update submissions set state = 'refused'`);
    expect(await privacyStore(database, NEW, now).erase(person)).toMatchObject({
      cases: 1,
      submissions: 1,
    });
  });

  test('rows that servers save while it runs are kept and taken too, over many batches', async () => {
    const { drafts } = storesOf(database, OLD);
    const tokens: string[] = [];
    while (tokens.length < 250) tokens.push(await drafts.create({ steps: {} }));
    const saving = async (keys: Keys, some: readonly string[]) => {
      const store = storesOf(database, keys).drafts;
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
    expect(await countRowsByKey(database)).toEqual([{ kind: 'draft', keyId: 'new', rows: 250 }]);
    for (const token of tokens) {
      expect((await storesOf(database, NEW).drafts.find(token))?.content.steps.identity?.input).toEqual({
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
    const required = requiredKeyStore(database, NEW, now);
    const left = await required.releaseUnused();
    expect(left.map(({ kind, keyId }) => [kind, keyId])).toEqual(KINDS.map((kind) => [kind, 'old']));
    await expect(check(NEW)).rejects.toThrow(/"old"/);
    expect([await required.giveUp('nobody'), await required.giveUp('old')]).toEqual([false, true]);
    await check(NEW);
  });

  test('a server that still encrypts with a released key registers it again', async () => {
    await check(OLD);
    await check(NEW_FIRST);
    await requiredKeyStore(database, NEW_FIRST, now).releaseUnused();
    await requiredKeyStore(database, OLD_FIRST, now).registerActive();
    await expect(check(NEW)).rejects.toThrow(/"old"/);
  });

  test('rows that cannot be decrypted are left out where rows are listed, and the others are there', async () => {
    const lost = await seed(database, OLD);
    const there = await seed(database, NEW_FIRST, '+525512340002');
    await database.execute(sql`update submissions set state = 'parked' where sealed_payload is not null`);
    expect((await storesOf(database, NEW).cases.unsettled('s')).map(({ id }) => id)).toEqual([there.caseId]);
    expect(await readAll(database, NEW, there)).toEqual(READABLE);
    expect(await readAll(database, NEW, lost)).toEqual({ ...UNREADABLE, case: ['María'] });
    const listed = (keys: Keys) => operations(database, keys, now).list();
    expect((await listed(NEW)).map(({ unreadable }) => unreadable)).toEqual([['payload', 'case'], []]);
    expect((await listed(NEW_FIRST)).map(({ unreadable }) => unreadable)).toEqual([[], []]);
    const { cases, drafts } = storesOf(database, NEW);
    expect([await cases.byId(lost.caseId), await cases.find(lost.caseId, 's')]).toEqual([undefined, undefined]);
    expect(await drafts.has(lost.draft)).toBe(true);
  });

  test('the reconciler sends nothing of a payload that cannot be decrypted, and does not take it again', async () => {
    await seed(database, OLD);
    await database.execute(
      sql`update submissions set state = 'ambiguous', lease_until = '2026-01-01', ambiguous_since = now() where state = 'received'`,
    );
    const fail = () => Promise.reject(new Error('the upstream was called'));
    const tools = {
      ...systemRuntime,
      ...{ raas: { createSessionLink: fail, findUser: fail, enrolledSessionLink: fail }, now, log: () => {} },
      sendWindowMs: 25_000,
      admission: openAdmission(
        { ...{ failuresInARow: 9, failurePercent: 100, rest: 9 }, ...{ calls: 9, queue: 9, queueWait: 9 } },
        () => {},
      ),
      limits: { looks: 120_000, park: 900_000, total: 5_000, lookup: 500 },
    };
    const { ledger } = storesOf(database, NEW);
    expect([await reconcile({ ledger, ...tools }), await reconcile({ ledger, ...tools })]).toEqual([1, 0]);
    const [row] = (await database.select().from(schema.submissions)).filter(({ sealedPayload }) => sealedPayload);
    expect(row).toMatchObject({ state: 'parked' });
    expect(await isHeld(NEW, PHONE)).toBe(true);
  });
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq, getTableColumns, getTableName, is, sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { PgTable } from 'drizzle-orm/pg-core';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { type AuditEntry, findBrokenLink, getGenesis } from '../domain/assist/audit.ts';
import { SUBMISSION_STATES, type SubmissionState } from '../domain/submission.ts';
import { createAuditLog, hashSha256, readChain } from './audit-log.ts';
import type { OpenDatabase } from './database.ts';
import { openPglite } from './embedded-database.ts';
import { createPurge, type Purge } from './purge.ts';
import { RETAINED_INDEFINITELY } from './retention/retained-indefinitely.ts';
import { createRetentionRules } from './retention/rules.ts';
import * as schema from './schema.ts';
import { openOwnPostgres } from './test-database.ts';

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const START = Date.parse('2026-11-25T12:00:00Z');
const toTime = (ms: number) => new Date(START + ms);
const folder = mkdtempSync(join(tmpdir(), 'front-door-retention-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const TABLES = Object.values(schema).filter((table) => is(table, PgTable));
const APPEND_ONLY = [schema.audit, schema.auditEntries, schema.auditAnchors, schema.submissionEvents];
const KEPT_STATES = ['succeeded', 'refused', 'expired'] as const satisfies readonly SubmissionState[];

describe.each([
  ['PGlite', () => openPglite(folder)],
  [
    'Postgres',
    () => openOwnPostgres({ appUrl: inject('postgresUrl'), ownerUrl: inject('postgresOwnerUrl') }, 'retention'),
  ],
])('retention on %s', (name, open) => {
  let opened: OpenDatabase;
  let clock = START;
  let purge: Purge;
  const now = () => new Date(clock);
  const failed: string[] = [];
  const startPurge = (database = opened.database) =>
    createPurge(database, now, { isEmbedded: name === 'PGlite', onError: (kind) => failed.push(kind) });

  beforeAll(async () => {
    opened = await open();
    purge = startPurge();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    clock = START;
    for (const table of TABLES) {
      if (!APPEND_ONLY.some((appendOnly) => appendOnly === table)) await opened.database.delete(table);
    }
  });

  /** Adds three drafts with one submission each in this state: without a lease, with one that is over, and with one that runs. */
  async function addSubmissions(state: SubmissionState): Promise<void> {
    for (const [lease, leaseUntil] of [
      ['none', null],
      ['over', toTime(-1)],
      ['running', toTime(MINUTE_MS)],
    ] as const) {
      const draftId = `${state}-${lease}`;
      await opened.database.insert(schema.drafts).values({ id: draftId, version: 1, sealed: 'SECRET', ...draftTimes });
      await opened.database.insert(schema.submissions).values({
        id: crypto.randomUUID(),
        draftId,
        draftVersion: 1,
        state,
        phoneHash: `HASH-${draftId}`,
        emailHash: `HASH-${draftId}`,
        sealedPayload: 'SECRET',
        sealedLink: state === 'succeeded' ? 'SECRET' : null,
        linkExpiresAt: lease === 'none' ? null : toTime(DAY_MS),
        ambiguousSince: lease === 'over' ? toTime(0) : null,
        leaseUntil,
        createdAt: toTime(0),
        updatedAt: toTime(0),
      });
    }
  }
  const draftTimes = { createdAt: toTime(0), expiresAt: toTime(7 * DAY_MS) };

  async function addCase(id: string, state: 'open' | 'closed'): Promise<void> {
    const times = { createdAt: toTime(0), updatedAt: toTime(0) };
    const draftId = `draft-${id}`;
    await opened.database.insert(schema.drafts).values({ id: draftId, version: 1, sealed: 'SECRET', ...draftTimes });
    const owner = { shop: 'centro', agent: 'ana', sealed: 'SECRET', phoneHash: 'HASH' };
    await opened.database.insert(schema.cases).values({ id, ...owner, draftId, state, ...times });
    for (const kind of ['waiting', 'opened', 'stopped'] as const) {
      const handoverId = `${kind}-${id}`;
      await opened.database.insert(schema.handovers).values({
        id: handoverId,
        caseId: id,
        sealed: 'SECRET',
        codeHash: 'HASH',
        deviceHash: kind === 'waiting' ? null : `HASH-${handoverId}`,
        openedAt: kind === 'waiting' ? null : toTime(MINUTE_MS),
        stoppedAt: kind === 'stopped' ? toTime(2 * MINUTE_MS) : null,
        createdAt: toTime(0),
        expiresAt: toTime(10 * MINUTE_MS),
      });
      for (const confirmedAt of [null, toTime(MINUTE_MS)]) {
        const device = { id: `HASH-${handoverId}-${confirmedAt}`, handoverId, digits: confirmedAt ? '71' : '72' };
        const deviceTimes = { createdAt: toTime(0), expiresAt: toTime(10 * MINUTE_MS), confirmedAt };
        await opened.database.insert(schema.handoverDevices).values({ ...device, ...deviceTimes });
      }
    }
  }

  /** A row of every kind in every state, as of the start. */
  async function fill(): Promise<{ openCase: string; closedCase: string }> {
    const { database } = opened;
    for (const state of SUBMISSION_STATES) await addSubmissions(state);
    const [openCase, closedCase] = [crypto.randomUUID(), crypto.randomUUID()];
    await addCase(openCase, 'open');
    await addCase(closedCase, 'closed');
    const base = { sealed: 'SECRET', codeHash: 'HASH', digits: '12', lang: 'es' as const, createdAt: toTime(0) };
    for (const [id, state] of Object.entries({
      requested: {},
      claimed: { agent: 'ana', shop: 'centro' },
      accepted: { agent: 'ana', shop: 'centro', caseId: openCase },
      closed: { stoppedAt: toTime(MINUTE_MS) },
    })) {
      await database
        .insert(schema.helpRequests)
        .values({ id: `HASH-${id}`, ...base, expiresAt: toTime(10 * MINUTE_MS), ...state });
    }
    for (const revokedAt of [null, toTime(MINUTE_MS)]) {
      await database.insert(schema.agentSessions).values({
        id: `HASH-${revokedAt}`,
        ...{ subject: 'ana', name: 'Ana SECRET', role: 'agent', shop: 'centro', isShared: false },
        ...{ unusedIdToken: 'SECRET', createdAt: toTime(0), seenAt: toTime(0), lockedAt: revokedAt, revokedAt },
      });
    }
    await database.insert(schema.journeyEvents).values({
      ...{ journey: 'HASH', at: toTime(0), kind: 'taken', step: 'identity', fields: [], lang: 'es' },
      ...{ shop: 'centro', agent: 'ana' },
    });
    await database.insert(schema.limits).values([
      { key: 'HASH-1', points: 1, expire: toTime(MINUTE_MS) },
      { key: 'HASH-2', points: 1, expire: null },
    ]);
    await database.insert(schema.claims).values({ hash: 'HASH', draftId: 'gone', until: toTime(MINUTE_MS) });
    await database.insert(schema.usedLinks).values({ id: 'HASH', expiresAt: toTime(MINUTE_MS) });
    await database.insert(schema.applications).values({ id: 'gone', sealed: 'SECRET', createdAt: toTime(0) });
    for (const state of ['pending', 'delivered', 'failed'] as const) {
      const times = { at: toTime(0), dueAt: toTime(0), retryFrom: toTime(0) };
      const event = { draftId: 'gone', endpoint: 'crm', position: 1, type: 'application.started' } as const;
      await database.insert(schema.webhookEvents).values({ id: state, ...event, state, attempts: 1, ...times });
    }
    await database.insert(schema.partnerReferences).values({
      referenceHash: 'HASH',
      draftId: 'gone',
      createdAt: toTime(0),
    });
    return { openCase, closedCase };
  }

  const readAll = async (table: PgTable) => (await opened.database.select().from(table)) as Record<string, unknown>[];
  const findHidden = async () => {
    const hidden: string[] = [];
    for (const table of TABLES) {
      for (const row of await readAll(table)) {
        const columns = Object.entries(row).filter(([, value]) => /SECRET|HASH/.test(String(value)));
        hidden.push(...columns.map(([column]) => `${getTableName(table)}.${column}`));
      }
    }
    return new Set(hidden);
  };
  const countRows = async (table: PgTable) => (await readAll(table)).length;
  const findSubmission = async (draftId: string) => {
    const rows = await opened.database.select().from(schema.submissions).where(eq(schema.submissions.draftId, draftId));
    return rows[0];
  };
  const entry: AuditEntry = {
    ...{ at: toTime(0).toISOString(), actor: 'ana', role: 'agent', shop: 'centro', device: 'abc' },
    ...{ action: 'case.fill', caseId: 'c1', fields: ['firstName'], source: 'agent' },
  };

  test('after all periods no data of a person is left, in any state of a submission, and the proof is complete', async () => {
    const audit = createAuditLog(opened.database);
    for (let number = 0; number < 3; number += 1) await audit.append(entry);
    await fill();
    expect((await findHidden()).size).toBeGreaterThan(10);

    clock = START + 401 * DAY_MS;
    const { counts, failedKinds } = await purge();
    expect(failedKinds).toEqual([]);
    expect(Object.entries(counts).filter(([, rows]) => rows === 0)).toEqual([]);
    expect(await findHidden()).toEqual(new Set());
    for (const table of TABLES) {
      const isProof = ['submissions', 'submission_events', 'audit_entries'].includes(getTableName(table));
      expect([getTableName(table), (await countRows(table)) > 0]).toEqual([getTableName(table), isProof]);
    }
    const rows = await opened.database.select().from(schema.submissions);
    expect(rows).toHaveLength(3 * SUBMISSION_STATES.length);
    expect(rows.filter(({ state }) => !KEPT_STATES.some((kept) => kept === state))).toEqual([]);
    const chain = await Array.fromAsync(readChain(opened.database, 'shop/centro'));
    expect(chain.length).toBeGreaterThanOrEqual(3);
    expect(findBrokenLink(chain, hashSha256, undefined, getGenesis('shop/centro', hashSha256))).toBeUndefined();
    const expired = chain.filter((link) => link.entry.action === 'session.expire');
    expect(expired.map((link) => link.entry)).toMatchObject([{ actor: 'ana', shop: 'centro', device: 'HASH-null' }]);
    expect(Object.values((await purge()).counts).every((rows) => rows === 0)).toBe(true);
  });

  test('after eight days, drafts and unprocessed submissions have ended, and a supervisor can still decide on the others', async () => {
    const { openCase, closedCase } = await fill();
    // The customer of this draft saved it on the fifth day.
    await opened.database
      .update(schema.drafts)
      .set({ expiresAt: toTime(12 * DAY_MS) })
      .where(eq(schema.drafts.id, 'received-none'));
    clock = START + 8 * DAY_MS;
    await purge();

    expect((await opened.database.select().from(schema.drafts)).map(({ id }) => id)).toEqual(['received-none']);
    expect(await findSubmission('received-none')).toMatchObject({ state: 'received', sealedPayload: 'SECRET' });
    for (const draftId of ['received-over', 'received-running']) {
      expect(await findSubmission(draftId)).toMatchObject({ state: 'expired', sealedPayload: null, transitions: 1 });
    }
    for (const state of ['sending', 'ambiguous', 'reconciling', 'parked'] as const) {
      expect(await findSubmission(`${state}-over`)).toMatchObject({ state, sealedPayload: 'SECRET' });
    }
    expect(await findSubmission('succeeded-over')).toMatchObject({ state: 'succeeded', sealedLink: null });
    const remaining = [
      'drafts.sealed',
      'submissions.sealedPayload',
      'submissions.phoneHash',
      'submissions.emailHash',
      'cases.sealed',
      'cases.phoneHash',
      'handovers.sealed',
      'handovers.codeHash',
      'handovers.deviceHash',
      'handover_devices.id',
      'journey_events.journey',
      'applications.sealed',
      'partner_references.referenceHash',
    ];
    expect(await findHidden()).toEqual(new Set(remaining));
    const caseRows = await opened.database.select().from(schema.cases);
    expect(new Map(caseRows.map(({ id, state, updatedAt }) => [id, [state, updatedAt]]))).toEqual(
      new Map([
        [openCase, ['closed', toTime(7 * DAY_MS)]],
        [closedCase, ['closed', toTime(0)]],
      ]),
    );
    // The purge keeps a hand-over only while a device has the case.
    const handoverIds = (await opened.database.select().from(schema.handovers)).map(({ id }) => id);
    expect(new Set(handoverIds)).toEqual(new Set([`opened-${openCase}`, `opened-${closedCase}`]));
    const devices = await opened.database.select().from(schema.handoverDevices);
    expect(devices.map(({ confirmedAt }) => confirmedAt)).toEqual([toTime(MINUTE_MS), toTime(MINUTE_MS)]);
  });

  test('after 31 days, submissions without a decision are refused, with their event, and closed cases are deleted with their devices', async () => {
    const { openCase } = await fill();
    clock = START + 31 * DAY_MS;
    await purge();
    for (const state of ['sending', 'ambiguous', 'reconciling', 'parked'] as const) {
      for (const lease of ['none', 'over', 'running']) {
        const row = await findSubmission(`${state}-${lease}`);
        expect(row).toMatchObject({ state: 'refused', outcome: 'refused', sealedPayload: null, leaseUntil: null });
        const events = await opened.database
          .select()
          .from(schema.submissionEvents)
          .where(eq(schema.submissionEvents.submissionId, row?.id ?? ''));
        expect(events).toMatchObject([{ state: 'refused', actor: 'reconciler', cause: 'no decision in time' }]);
      }
    }
    expect((await opened.database.select().from(schema.cases)).map(({ id }) => id)).toEqual([openCase]);
    expect([await countRows(schema.handovers), await countRows(schema.handoverDevices)]).toEqual([0, 0]);
    expect([await countRows(schema.applications), await countRows(schema.webhookEvents)]).toEqual([0, 0]);
    const remaining = new Set(['submissions.phoneHash', 'submissions.emailHash', 'cases.sealed', 'cases.phoneHash']);
    expect(await findHidden()).toEqual(remaining.add('journey_events.journey').add('partner_references.referenceHash'));
    clock = START + 38 * DAY_MS;
    expect((await purge()).counts).toMatchObject({ cases: 1, hashes: 0 });
  });

  test('a row with a lease stays until the lease ends', async () => {
    await addSubmissions('received');
    clock = START + MINUTE_MS - 1;
    await opened.database.delete(schema.drafts);
    expect((await purge()).counts).toMatchObject({ received: 2 });
    clock = START + MINUTE_MS + 1;
    expect((await purge()).counts).toMatchObject({ received: 1 });
  });

  test('an open case stays open as long as its draft exists', async () => {
    const id = crypto.randomUUID();
    await addCase(id, 'open');
    clock = START + 7 * DAY_MS - 1;
    expect((await purge()).counts).toMatchObject({ openCases: 0 });
    await opened.database.delete(schema.drafts);
    expect((await purge()).counts).toMatchObject({ openCases: 1 });
    expect(await opened.database.select().from(schema.cases)).toMatchObject([{ state: 'closed', updatedAt: now() }]);
  });

  test('several instances delete many rows in batches, each row once', async () => {
    const rows = 2_500;
    await opened.database.execute(sql`
      insert into drafts (id, version, sealed, created_at, expires_at)
      select 'd' || n, 1, 'SECRET', ${toTime(0).toISOString()}::timestamptz, ${toTime(0).toISOString()}::timestamptz
      from generate_series(1, ${rows}) n`);
    clock = START + 1;
    const all = await Promise.all([startPurge(), startPurge(), startPurge()].map((run) => run()));
    expect(all.flatMap(({ failedKinds }) => failedKinds)).toEqual([]);
    expect(all.reduce((sum, { counts }) => sum + (counts.drafts ?? 0), 0)).toBe(rows);
    expect(await countRows(schema.drafts)).toBe(0);
  });

  test('a batch begins where the one before ended, and includes rows with the same time', async () => {
    const draft = (id: string, ms: number) => ({
      id,
      version: 1,
      sealed: 'SECRET',
      createdAt: toTime(0),
      expiresAt: toTime(ms),
    });
    const expired = [1, 2, 2, 2, 3].map((ms, index) => draft(`d${index}`, ms));
    await opened.database.insert(schema.drafts).values(expired);
    clock = START + 4;
    const [endBatch] = createRetentionRules(opened.database, now).find(({ kind }) => kind === 'drafts')?.batches ?? [];
    expect(await endBatch?.(2, undefined)).toEqual({ rows: 2, last: toTime(2) });
    await opened.database.insert(schema.drafts).values(draft('passed', 1));
    expect(await endBatch?.(10, toTime(2))).toEqual({ rows: 3, last: toTime(3) });
    expect((await opened.database.select().from(schema.drafts)).map(({ id }) => id)).toEqual(['passed']);
    expect((await purge()).counts).toMatchObject({ drafts: 1 });
  });

  test('a kind that fails is reported, and the other kinds are deleted', async () => {
    await fill();
    clock = START + 401 * DAY_MS;
    failed.length = 0;
    const broken = new Proxy(opened.database, {
      get: (target, name) => (name === 'delete' ? refuseDrafts : Reflect.get(target, name)),
    });
    const refuseDrafts = (table: PgTable) => {
      if (table === schema.drafts) throw new Error('No such table');
      return opened.database.delete(table);
    };
    const { failedKinds, counts } = await startPurge(broken)();
    expect(failedKinds).toEqual(['drafts']);
    expect(failed).toEqual(failedKinds);
    expect(counts).toMatchObject({ drafts: 0, undecided: 12, sessions: 2, events: 1, usedLinks: 1 });
  });

  test('a purge that may not continue deletes nothing', async () => {
    await fill();
    clock = START + 401 * DAY_MS;
    expect(Object.values((await purge({ canContinue: () => false })).counts).every((rows) => rows === 0)).toBe(true);
  });
});

describe('the table of retention', () => {
  const covers = (what: PgTable | readonly unknown[], table: PgTable, column: unknown) =>
    Array.isArray(what) ? what.includes(column) : what === table;
  const rules = createRetentionRules(drizzle.mock(), () => new Date());

  test.each(TABLES.map((table) => [getTableName(table), table] as const))(
    'has a period or a reason for every column of %s',
    (_name, table) => {
      const missing = Object.entries(getTableColumns(table)).filter(
        ([, column]) =>
          !rules.some(({ ends }) => covers(ends, table, column)) &&
          !RETAINED_INDEFINITELY.some(({ what }) => covers(what, table, column)),
      );
      expect(missing.map(([column]) => column)).toEqual([]);
    },
  );

  test('keeps no encrypted value and no hash without limit', () => {
    const retained = TABLES.flatMap((table) =>
      Object.entries(getTableColumns(table)).filter(([, column]) =>
        RETAINED_INDEFINITELY.some(({ what }) => covers(what, table, column)),
      ),
    );
    const hidden = retained.map(([column]) => column).filter((column) => /^sealed|Hash$/.test(column));
    expect(hidden).toEqual([]);
  });

  test('is the one in docs/operations.md', () => {
    const operations = readFileSync('docs/operations.md', 'utf8');
    for (const { kind, what, period } of rules) {
      const [, level] = operations.split(`| \`${kind}\` | ${what} | ${period} | `);
      expect([kind, level]).toEqual([kind, expect.stringMatching(/^`(secret|personal|internal)` \|\n/)]);
    }
    for (const { why } of RETAINED_INDEFINITELY) expect(operations).toContain(why);
  });
});

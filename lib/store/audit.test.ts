import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { type AuditEntry, findBrokenLink, GENESIS, getGenesis, serializeEntry } from '../domain/assist/audit.ts';
import { createAnchorWriter } from './audit-anchors.ts';
import { checkAudit } from './audit-check.ts';
import { createAuditLog, hashSha256, readAudit, readChain } from './audit-log.ts';
import type { Database, OpenDatabase } from './database.ts';
import { openPglite } from './embedded-database.ts';
import { createLeaseRepository } from './leases.ts';
import { audit } from './schema.ts';
import { openOwnPostgres } from './test-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-audit-'));
const urls = { appUrl: inject('postgresUrl'), ownerUrl: inject('postgresOwnerUrl') };
const START = Date.parse('2026-11-25T12:00:00Z');
const MINUTE_MS = 60_000;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['PGlite', () => openPglite(folder), undefined],
  ['Postgres', () => openOwnPostgres(urls, 'audit_chains'), urls.ownerUrl.replace('/postgres?', '/audit_chains?')],
])('the audit on %s', (_name, open, ownerUrl) => {
  let opened: OpenDatabase;
  let clock = START;
  const now = () => new Date(clock);
  const entry = (shop: string | undefined, action = 'case.fill', caseId = 'c1'): AuditEntry => ({
    ...{ at: now().toISOString(), actor: 'ana', role: 'agent', shop, device: 'abc' },
    ...{ action, caseId, fields: ['firstName', 'dob.day'], source: 'agent' },
  });
  const startWriter = () => createAnchorWriter(opened.database, createLeaseRepository(opened.database, now), now);

  /** As whoever owns the tables, and without what stands in the way there. */
  async function tamper(statement: string): Promise<void> {
    if (!ownerUrl) return void (await opened.database.execute(sql.raw(statement)));
    const owner = new Client({ connectionString: ownerUrl });
    await owner.connect();
    await owner.query(statement);
    await owner.end();
  }
  /** As an instance of an earlier version does. */
  async function appendAsBefore(
    database: Database,
    sequence: number,
    previous: string,
    action: string,
  ): Promise<string> {
    const added = entry('centro', action);
    const hash = hashSha256(serializeEntry(sequence, added, previous));
    await database.insert(audit).values({ sequence, entry: added, previous, hash });
    return hash;
  }

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    clock += 60 * MINUTE_MS;
    await tamper('alter table audit disable trigger all');
    for (const table of ['audit', 'audit_entries', 'audit_anchors', 'leases']) await tamper(`delete from ${table}`);
  });

  test('instances that write at once make one whole chain for each shop, and lose no entry', async () => {
    const instances = Array.from({ length: 4 }, () => createAuditLog(opened.database));
    const shops = ['centro', 'norte', undefined];
    await Promise.all(
      instances.flatMap((instance, number) =>
        Array.from({ length: 30 }, (_, index) => instance.append(entry(shops[index % 3], `case.${number}.${index}`))),
      ),
    );
    for (const chain of ['shop/centro', 'shop/norte', 'commands']) {
      const links = await Array.fromAsync(readChain(opened.database, chain, 7));
      expect(new Set(links.map((link) => link.entry.action)).size).toBe(40);
      expect(findBrokenLink(links, hashSha256, undefined, getGenesis(chain, hashSha256))).toBeUndefined();
    }
    expect(await checkAudit(opened.database)).toEqual({ entries: 120, unanchored: 120, head: undefined, breaks: [] });
  });

  test('an entry that cannot be written fails, and the next one does not', async () => {
    let isAway = true;
    const database = new Proxy(opened.database, {
      get: (target, name) => {
        if (name === 'insert' && isAway) throw new Error('away');
        return Reflect.get(target, name);
      },
    });
    const log = createAuditLog(database);
    await expect(log.append(entry('centro'))).rejects.toThrow('away');
    isAway = false;
    await log.append(entry('centro'));
    expect((await checkAudit(opened.database)).entries).toBe(1);
  });

  test('what was done with a case is in its order, from both versions during an update', async () => {
    const log = createAuditLog(opened.database);
    const hash = await appendAsBefore(opened.database, 1, GENESIS, 'first');
    clock += 1;
    await log.append(entry('centro', 'second'));
    clock += 1;
    await appendAsBefore(opened.database, 2, hash, 'third');
    await log.append(entry('centro', 'other', 'c2'));
    expect((await log.listByCase('c1')).map(({ action }) => action)).toEqual(['first', 'second', 'third']);
    expect(await checkAudit(opened.database)).toMatchObject({ entries: 4, breaks: [] });
  });

  async function fill(): Promise<void> {
    const log = createAuditLog(opened.database);
    const hash = await appendAsBefore(opened.database, 1, GENESIS, 'first');
    await appendAsBefore(opened.database, 2, hash, 'second');
    for (const action of ['one', 'two', 'three']) {
      await Promise.all(['centro', 'norte'].map((shop) => log.append(entry(shop, action))));
    }
    await startWriter()();
  }

  test('heads are anchored once, with the next entry again, and by one instance', async () => {
    await fill();
    const first = await checkAudit(opened.database);
    expect(first).toMatchObject({ entries: 8, unanchored: 0, head: { sequence: 3 }, breaks: [] });
    await createAuditLog(opened.database).append(entry('centro', 'four'));
    await startWriter()(); // another instance: the lease is the first one's
    expect(await checkAudit(opened.database)).toEqual({ ...first, entries: 9, unanchored: 1 });
    clock += MINUTE_MS;
    const writer = startWriter();
    await writer();
    await writer();
    expect(await checkAudit(opened.database, first.head)).toMatchObject({
      ...{ entries: 9, unanchored: 0, head: { sequence: 4 }, breaks: [] },
    });
  });

  test('two writers with a lease each make one root chain', async () => {
    await fill();
    for (let round = 0; round < 5; round += 1) {
      for (const shop of ['a', 'b', 'c', 'd']) await createAuditLog(opened.database).append(entry(shop));
      const writers = [1, 2].map(() => createAnchorWriter(opened.database, { acquire: async () => true }, now));
      await Promise.all(writers.map((write) => write()));
    }
    expect(await checkAudit(opened.database)).toMatchObject({ unanchored: 0, breaks: [] });
  });

  test.each([
    ['a cut end', `delete from audit_entries where chain = 'shop/centro' and sequence = 3`, 'shop/centro at entry 3'],
    ['a chain that is gone', `delete from audit_entries where chain = 'shop/norte'`, 'shop/norte is gone'],
    ['a cut end of the first chain', 'delete from audit where sequence = 2', 'audit at entry 2'],
    ['the first chain gone', 'delete from audit', 'audit at entry 1'],
    [
      'one taken out',
      `delete from audit_entries where chain = 'shop/centro' and sequence = 2`,
      'shop/centro at entry 2',
    ],
    ['another actor', `update audit_entries set entry = entry || '{"actor":"eva"}' where sequence = 2`, 'at entry 2'],
    ['another case to find it by', `update audit_entries set case_id = 'c9' where sequence = 1`, 'at entry 1'],
    ['another time to find it by', `update audit_entries set at = now() where sequence = 3`, 'at entry 3'],
    [
      'the chain of another shop',
      `delete from audit_entries where chain = 'shop/centro';
       update audit_entries set chain = 'shop/centro' where chain = 'shop/norte'`,
      'shop/centro at entry 1',
    ],
    ['another anchor', `update audit_anchors set chain_head = 'x' where sequence = 2`, 'the root chain at 2'],
    ['an anchor taken out', 'delete from audit_anchors where sequence = 1', 'the root chain at 2'],
    [
      'the last anchor taken out',
      'delete from audit_anchors where sequence = 3',
      'that was written down is in no chain',
    ],
  ])('is broken by %s', async (_change, statement, cause) => {
    await fill();
    const { head } = await checkAudit(opened.database);
    for (const part of statement.split(';')) await tamper(part);
    expect((await checkAudit(opened.database, head)).breaks.join('; ')).toContain(cause);
  });

  test('a head of the one chain of earlier versions still counts', async () => {
    const hash = await appendAsBefore(opened.database, 1, GENESIS, 'first');
    expect((await checkAudit(opened.database, { sequence: 1, hash })).breaks).toEqual([]);
    expect((await checkAudit(opened.database, { sequence: 2, hash })).breaks).toHaveLength(1);
    expect(await Array.fromAsync(readAudit(opened.database))).toMatchObject([{ chain: 'audit', sequence: 1 }]);
  });
});

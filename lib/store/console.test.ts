import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createKeys, dataKey } from '../crypto/encryption.ts';
import { deviceName } from '../domain/assist/audit.ts';
import { type AgentSessions, agentSessionStore } from './agent-sessions.ts';
import { readAudit } from './audit-log.ts';
import { type Cases, caseStore } from './cases.ts';
import type { OpenDatabase } from './database.ts';
import { draftStore } from './drafts.ts';
import { openPglite } from './embedded-database.ts';
import { type Handovers, handoverStore } from './handovers.ts';
import { helpRequestStore } from './help-requests.ts';
import { journeyEventStore } from './journey-events.ts';
import { agentSessions } from './schema.ts';
import { openTestPostgres } from './test-database.ts';
import { idOf } from './token.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-console-'));
const keys = createKeys([dataKey('a', randomBytes(32))]);
const MINUTE = 60_000;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const never = (cause: string) => {
  throw new Error(`A write was lost: ${cause}`);
};

describe.each([
  ['PGlite', () => openPglite(folder)],
  ['Postgres', () => openTestPostgres(inject('postgresUrl'))],
])('the console’s store on %s', (_name, open) => {
  let opened: OpenDatabase;
  let clock = Date.parse('2026-11-25T12:00:00Z');
  const now = () => new Date(clock);
  let agents: AgentSessions;
  let cases: Cases;
  let handovers: Handovers;

  beforeAll(async () => {
    opened = await open();
    agents = agentSessionStore(opened.database, now);
    cases = caseStore(opened.database, keys, now);
    handovers = handoverStore(opened.database, keys, now);
  });
  afterAll(() => opened.close());

  const ana = { subject: 'ana', name: 'Ana', role: 'agent', shop: 'centro', isShared: false } as const;
  const signIn = (change = {}) => agents.create({ ...ana, ...change });

  test('a session is found by its token, and by nothing that is kept', async () => {
    const token = await signIn();
    const found = await agents.find(token);
    expect(found).toMatchObject({ subject: 'ana', role: 'agent', shop: 'centro' });
    expect(await agents.find(found?.id ?? '')).toBeUndefined();
    const [kept] = await opened.database
      .select()
      .from(agentSessions)
      .where(eq(agentSessions.id, found?.id ?? ''));
    expect(kept?.unusedIdToken).toBe('');
    await agents.end(token);
    expect(await agents.find(token)).toBeUndefined();
  });

  test.each([
    ['a device of one’s own', false, 30],
    ['a shared device', true, 15],
  ])('on %s it rests for %#, and a request in time keeps it', async (_device, isShared, minutes) => {
    const token = await signIn({ isShared });
    for (const _ of [1, 2]) {
      clock += (minutes - 1) * MINUTE;
      expect(await agents.find(token)).toBeDefined();
    }
    clock += minutes * MINUTE;
    expect(await agents.find(token)).toBeUndefined();
  });

  test('after twelve hours it has run out, however busy it was', async () => {
    const token = await signIn();
    for (let passed = 0; passed < 12 * 60 - 10; passed += 10) {
      clock += 10 * MINUTE;
      expect(await agents.find(token)).toBeDefined();
    }
    clock += 10 * MINUTE;
    expect(await agents.find(token)).toBeUndefined();
  });

  const readSessionEntries = async (token: string) => {
    const device = deviceName(idOf(token));
    return (await Array.fromAsync(readAudit(opened.database)))
      .map(({ entry }) => entry)
      .filter((entry) => entry.device === device);
  };

  test('the requests that find a session run out append one entry to the audit; an ended session gets none', async () => {
    const [own, shared, ended] = [await signIn(), await signIn({ isShared: true }), await signIn()];
    clock += 15 * MINUTE - 1;
    await Promise.all([own, shared, ended].map((token) => agents.find(token)));
    await agents.end(ended);
    clock += 15 * MINUTE;
    const all = [own, shared, ended].flatMap((token) => Array.from({ length: 5 }, () => agents.find(token)));
    expect((await Promise.all(all)).filter(Boolean)).toHaveLength(5);
    expect(await readSessionEntries(shared)).toEqual([
      {
        ...{ at: now().toISOString(), actor: 'ana', role: 'agent', shop: 'centro', device: deviceName(idOf(shared)) },
        ...{ action: 'session.expire', fields: [] },
      },
    ]);
    clock += 30 * MINUTE;
    await Promise.all(Array.from({ length: 5 }, () => agents.find(own)));
    expect(await readSessionEntries(own)).toMatchObject([{ action: 'session.expire', at: now().toISOString() }]);
    expect(await readSessionEntries(ended)).toEqual([]);
  });

  test('what is revoked is gone at once, one session or all of a person', async () => {
    const [first, second, other] = [await signIn(), await signIn(), await signIn({ subject: 'beto' })];
    await agents.end(first);
    expect(await agents.find(first)).toBeUndefined();
    expect((await agents.endAllOf('ana')).map(({ id }) => id)).toContain(idOf(second));
    expect(await agents.find(second)).toBeUndefined();
    expect(await agents.find(other)).toBeDefined();
    expect(await agents.endAllOf(undefined)).toContainEqual({ id: idOf(other), subject: 'beto', shop: 'centro' });
    expect(await agents.find(other)).toBeUndefined();
  });

  test('a person sees their own sessions that are alive, and ends those that they name and nobody else’s', async () => {
    const [mine, locked, shared] = [await signIn(), await signIn(), await signIn({ isShared: true })];
    const theirs = await signIn({ subject: 'beto' });
    const ids = async () => new Set((await agents.listOf('ana')).map(({ id }) => id));
    await agents.lock(idOf(locked), '/en/assist');
    expect(await ids()).toEqual(new Set([mine, locked, shared].map(idOf)));
    expect((await agents.listOf('ana')).find(({ id }) => id === idOf(locked))).toMatchObject({ isLocked: true });
    clock += 20 * MINUTE; // longer than a shared device rests
    expect(await ids()).toEqual(new Set([mine, locked].map(idOf)));
    expect(await agents.endThose('ana', [idOf(locked), idOf(theirs)])).toMatchObject([{ id: idOf(locked) }]);
    expect(await ids()).toEqual(new Set([idOf(mine)]));
    expect(await agents.find(theirs)).toBeDefined();
    await agents.endAllOf(undefined);
  });

  test('a locked session takes the form of the locked page once more and for ten seconds, and of no other page', async () => {
    const [id, late, other] = [idOf(await signIn()), idOf(await signIn()), idOf(await signIn())];
    const path = `/en/assist/cases/${crypto.randomUUID()}/identity`;
    expect(await agents.lock(id, path)).toBe('locked');
    expect(await agents.lock(id, path.replace('identity', 'address'))).toBe('late');
    const again = await Promise.all(Array.from({ length: 5 }, () => agents.lock(id, path)));
    expect(again.toSorted()).toEqual(['again', 'late', 'late', 'late', 'late']);
    expect(await agents.lock(late, path)).toBe('locked');
    expect(await agents.lock(other, '/en/assist')).toBe('locked');
    clock += 10_001;
    expect(await agents.lock(late, path)).toBe('late');
    expect(await agents.lock(other, path)).toBe('late');
    await agents.endAllOf(undefined);
  });

  test('a customer’s yes makes one case, however often it is sent; after a no, and before anybody asks, none', async () => {
    const help = helpRequestStore(opened.database, keys, now);
    const customer = { token: 't', phone: '+525512349999', name: 'Rosa', lang: 'es' } as const;
    const ask = async (shop: string) => {
      const token = await help.create('draft-token', 'es');
      const found = await help.find(token);
      return { token, claim: () => help.meet(found?.code ?? '', 'ana', shop) };
    };
    const repeat = (token: string) => Promise.all(Array.from({ length: 40 }, () => help.agree(token, customer)));
    const yes = await ask('yes');
    expect((await repeat(yes.token)).filter(Boolean)).toEqual([]);
    await yes.claim();
    const created = (await repeat(yes.token)).filter((found) => found !== undefined);
    expect(created).toHaveLength(1);
    expect(await cases.open('yes')).toMatchObject([{ id: created[0]?.id, agent: 'ana', customer }]);
    expect(await help.find(yes.token)).toMatchObject({ state: 'agreed', caseId: created[0]?.id });
    const no = await ask('no');
    await no.claim();
    await help.stop(no.token);
    expect((await repeat(no.token)).filter(Boolean)).toEqual([]);
    const late = await ask('no');
    await late.claim();
    clock += 10 * MINUTE;
    expect((await repeat(late.token)).filter(Boolean)).toEqual([]);
    expect(await cases.open('no')).toEqual([]);
    const { rows } = (await opened.database.execute(`select id from cases where shop = 'no'`)) as unknown as {
      rows: object[];
    };
    expect(rows).toEqual([]);
  });

  test('a draft that its customer lets go of is deleted, unless it is in an open case', async () => {
    const drafts = draftStore(opened.database, keys, now);
    const [alone, handed] = [await drafts.create({ steps: {} }), await drafts.create({ steps: {} })];
    const id = crypto.randomUUID();
    await cases.create({ id, shop: 'norte', agent: 'ana' }, { token: handed, phone: '', name: '', lang: 'es' });
    for (const token of [alone, handed, 'no-such-draft']) await drafts.discard(token);
    expect(await drafts.find(alone)).toBeUndefined();
    expect(await drafts.find(handed)).toBeDefined();
    await cases.close({ id });
    await drafts.discard(handed);
    expect(await drafts.find(handed)).toBeUndefined();
  });

  test('a case of another shop is not found, like one that does not exist', async () => {
    const customer = { token: 't', phone: '+525512345678', name: 'Maria', lang: 'es' } as const;
    const id = crypto.randomUUID();
    await cases.create({ id, shop: 'norte', agent: 'ana' }, customer);
    expect(await cases.find(id, 'norte')).toMatchObject({ id, isOpen: true, customer });
    expect(await cases.find(id, 'centro')).toBeUndefined();
    expect(await cases.find('x', 'norte')).toBeUndefined();
    expect(await cases.openOf('+525512345678', 'centro')).toBeUndefined();
    expect((await cases.openOf('+525512345678', 'norte'))?.id).toBe(id);
    await cases.close({ id });
    expect(await cases.open('norte')).toEqual([]);
  });

  test('a hand-over is found by its token and its code, each at its own door, once and for ten minutes', async () => {
    const caseId = crypto.randomUUID();
    await handovers.create(caseId);
    const first = await handovers.latest(caseId);
    expect(await handovers.find(first?.token ?? '')).toMatchObject({ caseId, state: 'waiting' });
    const typed = `${first?.code.slice(0, 4).toLowerCase()} - ${first?.code.slice(4)}`;
    expect((await handovers.findByCode(typed))?.id).toBe(first?.id);
    // A code is no token: the door that counts no guesses does not take one.
    expect(await handovers.find(first?.code ?? '')).toBeUndefined();
    expect(await handovers.findByCode(first?.token ?? '')).toBeUndefined();

    if (!first) throw new Error('no hand-over');
    const device = await handovers.createOpened(crypto.randomUUID());
    const joined = await handovers.join(first);
    const tried = await Promise.all(Array.from({ length: 20 }, () => handovers.confirm(caseId, idOf(joined ?? ''))));
    expect(tried.filter(Boolean)).toHaveLength(1);
    expect(await handovers.caseOf(joined ?? '')).toBe(caseId);
    expect(await handovers.caseOf(device)).not.toBe(caseId);
    expect(await handovers.find(first.token)).toBeUndefined();
    await handovers.stop(caseId);
    expect(await handovers.caseOf(joined ?? '')).toBeUndefined();

    await handovers.create(caseId);
    const second = await handovers.latest(caseId);
    const late = second && (await handovers.join(second));
    clock += 10 * MINUTE;
    expect(await handovers.find(second?.token ?? '')).toBeUndefined();
    expect(await handovers.findByCode(second?.code ?? '')).toBeUndefined();
    expect(await handovers.confirm(caseId, idOf(late ?? ''))).toBe(false);
    expect((await handovers.findDevice(late ?? ''))?.state).toBe('over');
    expect((await handovers.latest(caseId))?.state).toBe('expired');
  });

  test('each device of a hand-over has its own digits, and one is confirmed, by its own case, before it is stopped', async () => {
    const caseId = crypto.randomUUID();
    await handovers.create(caseId);
    const found = await handovers.latest(caseId);
    if (!found) throw new Error('no hand-over');
    const tokens: string[] = [];
    for (let device = 0; device < 5; device += 1) tokens.push((await handovers.join(found)) ?? '');
    // More devices than an agent can tell apart do not get in.
    expect(await handovers.join(found)).toBeUndefined();
    const devices = await handovers.devicesOf(found.id);
    expect(new Set(devices.map(({ digits }) => digits)).size).toBe(5);
    const states = () => Promise.all(tokens.map(async (token) => (await handovers.findDevice(token))?.state));
    expect(await states()).toEqual(Array(5).fill('waiting'));
    expect(await handovers.caseOf(tokens[0] ?? '')).toBeUndefined();
    // An id of another case, of no device, and the token in place of the id confirm nothing.
    const [first = '', second = ''] = tokens.map(idOf);
    expect(await handovers.confirm(crypto.randomUUID(), first)).toBe(false);
    expect(await handovers.confirm(caseId, idOf('no device'))).toBe(false);
    expect(await handovers.confirm(caseId, tokens[0] ?? '')).toBe(false);
    const raced = await Promise.all([first, second].map((id) => handovers.confirm(caseId, id)));
    expect(raced.filter(Boolean)).toHaveLength(1);
    expect((await states()).toSorted()).toEqual(['confirmed', 'over', 'over', 'over', 'over']);
    const winner = raced.indexOf(true);
    expect(await handovers.caseOf(tokens[winner] ?? '')).toBe(caseId);
    expect(await handovers.caseOf(tokens[1 - winner] ?? '')).toBeUndefined();
    await handovers.stop(caseId);
    expect(await states()).toEqual(Array(5).fill('over'));

    await handovers.create(caseId);
    const again = await handovers.latest(caseId);
    const waiting = again && (await handovers.join(again));
    await handovers.stop(caseId);
    expect(await handovers.confirm(caseId, idOf(waiting ?? ''))).toBe(false);
  });

  test('events that come together are written together, in their order', async () => {
    const events = journeyEventStore(opened.database, keys, now, never);
    const told = { token: 't', lang: 'es', shop: null, agent: null } as const;
    const since = now();
    await Promise.all([
      events.add({ ...told, kind: 'invalid', step: 'identity', fields: ['firstName', 'dob.day'] }),
      events.add({ ...told, kind: 'taken', step: 'identity', shop: 'norte', agent: 'ana' }),
    ]);
    await events.add({ ...told, kind: 'delivered', step: null });
    const kept = () => Array.fromAsync(events.between(since, new Date(clock + 1)));
    const found = await kept();
    expect(found).toMatchObject([
      { kind: 'invalid', step: 'identity', fields: ['firstName', 'dob.day'], at: since, shop: null },
      { kind: 'taken', step: 'identity', fields: [], shop: 'norte', agent: 'ana' },
      { kind: 'delivered', step: null, lang: 'es' },
    ]);
    expect(new Set(found.map(({ journey }) => journey)).size).toBe(1);
  });
});

import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createDataKey, createKeys } from '../crypto/encryption.ts';
import { getDeviceName } from '../domain/assist/audit.ts';
import { type AgentSessionRepository, createAgentSessionRepository } from './agent-sessions.ts';
import { readAudit } from './audit-log.ts';
import { type CaseRepository, createCaseRepository } from './cases.ts';
import type { OpenDatabase } from './database.ts';
import { createDraftRepository } from './drafts.ts';
import { openPglite } from './embedded-database.ts';
import { createHandoverRepository, type HandoverRepository } from './handovers.ts';
import { createHelpRequestRepository } from './help-requests.ts';
import { createJourneyEventRepository } from './journey-events.ts';
import { agentSessions } from './schema.ts';
import { openTestPostgres } from './test-database.ts';
import { hashToken } from './token.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-console-'));
const keys = createKeys([createDataKey('a', randomBytes(32))]);
const MINUTE = 60_000;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const failOnError = (cause: string) => {
  throw new Error(`A write was lost: ${cause}`);
};

describe.each([
  ['PGlite', () => openPglite(folder)],
  ['Postgres', () => openTestPostgres(inject('postgresUrl'))],
])('the console’s store on %s', (_name, open) => {
  let opened: OpenDatabase;
  let clock = Date.parse('2026-11-25T12:00:00Z');
  const now = () => new Date(clock);
  let agents: AgentSessionRepository;
  let cases: CaseRepository;
  let handovers: HandoverRepository;

  beforeAll(async () => {
    opened = await open();
    agents = createAgentSessionRepository(opened.database, now);
    cases = createCaseRepository(opened.database, keys, now);
    handovers = createHandoverRepository(opened.database, keys, now);
  });
  afterAll(() => opened.close());

  const ana = { subject: 'ana', name: 'Ana', role: 'agent', shop: 'centro', isShared: false } as const;
  const signIn = (change = {}) => agents.create({ ...ana, ...change });

  test('the name of an agent is that of the latest sign-in', async () => {
    await signIn({ subject: 'zoe', name: 'Zoe Before' });
    clock += 1_000;
    await signIn({ subject: 'zoe', name: 'Zoe After' });
    expect(await agents.findNames(['zoe', 'nobody'])).toEqual(new Map([['zoe', 'Zoe After']]));
    expect(await agents.findNames([])).toEqual(new Map());
  });

  test('a session is found by its token, and by nothing that is kept', async () => {
    const token = await signIn();
    const session = await agents.find(token);
    expect(session).toMatchObject({ subject: 'ana', role: 'agent', shop: 'centro' });
    expect(await agents.find(session?.id ?? '')).toBeUndefined();
    const [row] = await opened.database
      .select()
      .from(agentSessions)
      .where(eq(agentSessions.id, session?.id ?? ''));
    expect(row?.unusedIdToken).toBe('');
    await agents.revoke(token);
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
    const device = getDeviceName(hashToken(token));
    return (await Array.fromAsync(readAudit(opened.database)))
      .map(({ entry }) => entry)
      .filter((entry) => entry.device === device);
  };

  test('the requests that find a session run out append one entry to the audit; an ended session gets none', async () => {
    const [own, shared, ended] = [await signIn(), await signIn({ isShared: true }), await signIn()];
    clock += 15 * MINUTE - 1;
    await Promise.all([own, shared, ended].map((token) => agents.find(token)));
    await agents.revoke(ended);
    clock += 15 * MINUTE;
    const all = [own, shared, ended].flatMap((token) => Array.from({ length: 5 }, () => agents.find(token)));
    expect((await Promise.all(all)).filter(Boolean)).toHaveLength(5);
    expect(await readSessionEntries(shared)).toEqual([
      {
        ...{
          at: now().toISOString(),
          actor: 'ana',
          role: 'agent',
          shop: 'centro',
          device: getDeviceName(hashToken(shared)),
        },
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
    await agents.revoke(first);
    expect(await agents.find(first)).toBeUndefined();
    expect((await agents.revokeAll('ana')).map(({ id }) => id)).toContain(hashToken(second));
    expect(await agents.find(second)).toBeUndefined();
    expect(await agents.find(other)).toBeDefined();
    expect(await agents.revokeAll(undefined)).toContainEqual({ id: hashToken(other), subject: 'beto', shop: 'centro' });
    expect(await agents.find(other)).toBeUndefined();
  });

  test('a person sees their own sessions that are alive, and ends those that they name and nobody else’s', async () => {
    const [own, locked, shared] = [await signIn(), await signIn(), await signIn({ isShared: true })];
    const foreign = await signIn({ subject: 'beto' });
    const ids = async () => new Set((await agents.listBySubject('ana')).map(({ id }) => id));
    await agents.lock(hashToken(locked), '/en/assist');
    expect(await ids()).toEqual(new Set([own, locked, shared].map(hashToken)));
    expect((await agents.listBySubject('ana')).find(({ id }) => id === hashToken(locked))).toMatchObject({
      isLocked: true,
    });
    clock += 20 * MINUTE; // longer than a shared device rests
    expect(await ids()).toEqual(new Set([own, locked].map(hashToken)));
    expect(await agents.revokeByIds('ana', [hashToken(locked), hashToken(foreign)])).toMatchObject([
      { id: hashToken(locked) },
    ]);
    expect(await ids()).toEqual(new Set([hashToken(own)]));
    expect(await agents.find(foreign)).toBeDefined();
    await agents.revokeAll(undefined);
  });

  test('a locked session takes the form of the locked page once more and for ten seconds, and of no other page', async () => {
    const [id, late, other] = [hashToken(await signIn()), hashToken(await signIn()), hashToken(await signIn())];
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
    await agents.revokeAll(undefined);
  });

  test('a customer’s yes makes one case, however often it is sent; after a no, and before anybody asks, none', async () => {
    const help = createHelpRequestRepository(opened.database, keys, now);
    const customer = { token: 't', phone: '+525512349999', name: 'Rosa', lang: 'es' } as const;
    const ask = async (shop: string) => {
      const token = await help.create('draft-token', 'es');
      const request = await help.find(token);
      return { token, claim: () => help.claim(request?.code ?? '', 'ana', shop) };
    };
    const repeat = (token: string) => Promise.all(Array.from({ length: 40 }, () => help.accept(token, customer)));
    const yes = await ask('yes');
    expect((await repeat(yes.token)).filter(Boolean)).toEqual([]);
    await yes.claim();
    const created = (await repeat(yes.token)).filter((newCase) => newCase !== undefined);
    expect(created).toHaveLength(1);
    expect(await cases.listOpen('yes')).toMatchObject([{ id: created[0]?.id, agent: 'ana', customer }]);
    expect(await help.find(yes.token)).toMatchObject({ state: 'agreed', caseId: created[0]?.id });
    const no = await ask('no');
    await no.claim();
    await help.stop(no.token);
    expect((await repeat(no.token)).filter(Boolean)).toEqual([]);
    const late = await ask('no');
    await late.claim();
    clock += 10 * MINUTE;
    expect((await repeat(late.token)).filter(Boolean)).toEqual([]);
    expect(await cases.listOpen('no')).toEqual([]);
    const { rows } = (await opened.database.execute(`select id from cases where shop = 'no'`)) as unknown as {
      rows: object[];
    };
    expect(rows).toEqual([]);
  });

  test('a draft that its customer lets go of is deleted, unless it is in an open case', async () => {
    const drafts = createDraftRepository(opened.database, keys, now);
    const [ownToken, caseToken] = [await drafts.create({ steps: {} }), await drafts.create({ steps: {} })];
    const id = crypto.randomUUID();
    await cases.create({ id, shop: 'norte', agent: 'ana' }, { token: caseToken, phone: '', name: '', lang: 'es' });
    for (const token of [ownToken, caseToken, 'no-such-draft']) await drafts.deleteUnsent(token);
    expect(await drafts.find(ownToken)).toBeUndefined();
    expect(await drafts.find(caseToken)).toBeDefined();
    await cases.close({ id });
    await drafts.deleteUnsent(caseToken);
    expect(await drafts.find(caseToken)).toBeUndefined();
  });

  test('a case of another shop is not found, like one that does not exist', async () => {
    const customer = { token: 't', phone: '+525512345678', name: 'Maria', lang: 'es' } as const;
    const id = crypto.randomUUID();
    await cases.create({ id, shop: 'norte', agent: 'ana' }, customer);
    expect(await cases.find(id, 'norte')).toMatchObject({ id, isOpen: true, customer });
    expect(await cases.find(id, 'centro')).toBeUndefined();
    expect(await cases.find('x', 'norte')).toBeUndefined();
    expect(await cases.findOpenByPhone('+525512345678', 'centro')).toBeUndefined();
    expect((await cases.findOpenByPhone('+525512345678', 'norte'))?.id).toBe(id);
    await cases.close({ id });
    expect(await cases.listOpen('norte')).toEqual([]);
  });

  test('a hand-over is found by its token and its code, each at its own door, once and for ten minutes', async () => {
    const caseId = crypto.randomUUID();
    await handovers.create(caseId);
    const first = await handovers.findLatest(caseId);
    expect(await handovers.find(first?.token ?? '')).toMatchObject({ caseId, state: 'waiting' });
    const spelling = `${first?.code.slice(0, 4).toLowerCase()} - ${first?.code.slice(4)}`;
    expect((await handovers.findByCode(spelling))?.id).toBe(first?.id);
    // A code is no token: the door that counts no guesses does not take one.
    expect(await handovers.find(first?.code ?? '')).toBeUndefined();
    expect(await handovers.findByCode(first?.token ?? '')).toBeUndefined();

    if (!first) throw new Error('no hand-over');
    const device = await handovers.createOpened(crypto.randomUUID());
    const joined = await handovers.addDevice(first);
    const tried = await Promise.all(
      Array.from({ length: 20 }, () => handovers.confirm(caseId, hashToken(joined ?? ''))),
    );
    expect(tried.filter(Boolean)).toHaveLength(1);
    expect(await handovers.findCaseId(joined ?? '')).toBe(caseId);
    expect(await handovers.findCaseId(device)).not.toBe(caseId);
    expect(await handovers.find(first.token)).toBeUndefined();
    await handovers.stop(caseId);
    expect(await handovers.findCaseId(joined ?? '')).toBeUndefined();

    await handovers.create(caseId);
    const second = await handovers.findLatest(caseId);
    const late = second && (await handovers.addDevice(second));
    clock += 10 * MINUTE;
    expect(await handovers.find(second?.token ?? '')).toBeUndefined();
    expect(await handovers.findByCode(second?.code ?? '')).toBeUndefined();
    expect(await handovers.confirm(caseId, hashToken(late ?? ''))).toBe(false);
    expect((await handovers.findDevice(late ?? ''))?.state).toBe('over');
    expect((await handovers.findLatest(caseId))?.state).toBe('expired');
  });

  test('each device of a hand-over has its own digits, and one is confirmed, by its own case, before it is stopped', async () => {
    const caseId = crypto.randomUUID();
    await handovers.create(caseId);
    const handover = await handovers.findLatest(caseId);
    if (!handover) throw new Error('no hand-over');
    const tokens: string[] = [];
    for (let device = 0; device < 5; device += 1) tokens.push((await handovers.addDevice(handover)) ?? '');
    // More devices than an agent can tell apart do not get in.
    expect(await handovers.addDevice(handover)).toBeUndefined();
    const devices = await handovers.listDevices(handover.id);
    expect(new Set(devices.map(({ digits }) => digits)).size).toBe(5);
    const states = () => Promise.all(tokens.map(async (token) => (await handovers.findDevice(token))?.state));
    expect(await states()).toEqual(Array(5).fill('waiting'));
    expect(await handovers.findCaseId(tokens[0] ?? '')).toBeUndefined();
    // An id of another case, of no device, and the token in place of the id confirm nothing.
    const [first = '', second = ''] = tokens.map(hashToken);
    expect(await handovers.confirm(crypto.randomUUID(), first)).toBe(false);
    expect(await handovers.confirm(caseId, hashToken('no device'))).toBe(false);
    expect(await handovers.confirm(caseId, tokens[0] ?? '')).toBe(false);
    const raced = await Promise.all([first, second].map((id) => handovers.confirm(caseId, id)));
    expect(raced.filter(Boolean)).toHaveLength(1);
    expect((await states()).toSorted()).toEqual(['confirmed', 'over', 'over', 'over', 'over']);
    const winner = raced.indexOf(true);
    expect(await handovers.findCaseId(tokens[winner] ?? '')).toBe(caseId);
    expect(await handovers.findCaseId(tokens[1 - winner] ?? '')).toBeUndefined();
    await handovers.stop(caseId);
    expect(await states()).toEqual(Array(5).fill('over'));

    await handovers.create(caseId);
    const again = await handovers.findLatest(caseId);
    const waiting = again && (await handovers.addDevice(again));
    await handovers.stop(caseId);
    expect(await handovers.confirm(caseId, hashToken(waiting ?? ''))).toBe(false);
  });

  test('events that come together are written together, in their order', async () => {
    const events = createJourneyEventRepository(opened.database, keys, now, failOnError);
    const base = { token: 't', lang: 'es', shop: null, agent: null } as const;
    const since = now();
    await Promise.all([
      events.add({ ...base, kind: 'invalid', step: 'identity', fields: ['firstName', 'dob.day'] }),
      events.add({ ...base, kind: 'taken', step: 'identity', shop: 'norte', agent: 'ana' }),
    ]);
    await events.add({ ...base, kind: 'delivered', step: null });
    const readEvents = () => Array.fromAsync(events.listBetween(since, new Date(clock + 1)));
    const rows = await readEvents();
    expect(rows).toMatchObject([
      { kind: 'invalid', step: 'identity', fields: ['firstName', 'dob.day'], at: since, shop: null },
      { kind: 'taken', step: 'identity', fields: [], shop: 'norte', agent: 'ana' },
      { kind: 'delivered', step: null, lang: 'es' },
    ]);
    expect(new Set(rows.map(({ journey }) => journey)).size).toBe(1);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { createDataKey, createKeys } from '../../crypto/encryption.ts';
import { APPLICATION_EVENT_TYPES, applicationEventSchema } from '../../domain/events/application-event.ts';
import { sampleConsent } from '../../domain/sample-answers.ts';
import type { SessionLinkRequest } from '../../domain/session-link-request.ts';
import { HOUR_MS } from '../../domain/time.ts';
import { createCaseRepository } from '../cases.ts';
import type { OpenDatabase } from '../database.ts';
import { createDraftRepository, type DraftRepository } from '../drafts.ts';
import { openPglite } from '../embedded-database.ts';
import { createLedger } from '../ledger.ts';
import { applications, cases, drafts as draftTable, webhookEvents } from '../schema.ts';
import { createSubmissionAdmin } from '../submission-admin.ts';
import type { AttemptResult } from '../submissions/complete.ts';
import type { Decision } from '../submissions/resolve.ts';
import { openOwnPostgres } from '../test-database.ts';
import { hashToken } from '../token.ts';
import { createOutbox } from './outbox.ts';
import { createStalledApplications, type IdleApplication, type StalledApplications } from './stalled.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-stalled-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const keys = createKeys([createDataKey('a', Buffer.alloc(32, 1))]);
const SUBSCRIPTIONS = [{ endpoint: 'crm', types: APPLICATION_EVENT_TYPES }];
const IDLE_MS = 24 * HOUR_MS;

describe.each([
  ['PGlite', () => openPglite(folder)],
  [
    'Postgres',
    () => openOwnPostgres({ appUrl: inject('postgresUrl'), ownerUrl: inject('postgresOwnerUrl') }, 'stalled'),
  ],
])('stalled applications on %s', (_name, open) => {
  let opened: OpenDatabase;
  let clock = Date.parse('2026-11-28T02:00:00Z');
  let drafts: DraftRepository;
  let stalled: StalledApplications;
  let phoneCount = 0;
  const now = () => new Date(clock);

  beforeAll(async () => {
    opened = await open();
    const { database } = opened;
    drafts = createDraftRepository(database, keys, now, SUBSCRIPTIONS);
    stalled = createStalledApplications({ database, keys, now, subscriptions: SUBSCRIPTIONS });
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    for (const table of [webhookEvents, applications, draftTable, cases]) await opened.database.delete(table);
  });

  /** Reads all batches of a round. @returns the applications of each batch */
  async function findBatches(limit: number): Promise<IdleApplication[][]> {
    const batches: IdleApplication[][] = [];
    let from: Date | undefined;
    do {
      const { applications, last } = await stalled.findIdle(IDLE_MS, limit, from);
      batches.push(applications);
      from = last;
      if (batches.length > 20) throw new Error('The round does not end');
    } while (from);
    return batches;
  }

  const findIdle = async () => (await findBatches(10)).flat();

  /** Reports every idle application, each with a link. @returns how many were reported */
  async function reportAll(): Promise<number> {
    const idle = await findIdle();
    const reports = await Promise.all(idle.map((application) => stalled.report(application, true)));
    return reports.filter((isReported) => isReported).length;
  }

  /** Returns the tokens of the links in all events, the latest last. */
  async function readLinks(): Promise<string[]> {
    const context = { database: opened.database, keys, now, origin: 'https://start.example.com', leaseMs: 1 };
    const outbox = createOutbox(context);
    const links: string[] = [];
    for (let batch = await outbox.claimDue('crm', 10); batch.length > 0; batch = await outbox.claimDue('crm', 10)) {
      for (const event of batch) {
        expect(applicationEventSchema.parse(event.body)).toEqual(event.body);
        if (event.body.type === 'application.stalled') links.push(event.body.data.continueUrl?.split('#')[1] ?? 'none');
        await outbox.settle(event, 'delivered', 'HTTP 200');
      }
    }
    return links;
  }

  /** Submits a draft for a phone of its own. */
  async function submit(token: string) {
    const times = { leaseMs: 30_000, firstLookupMs: 60_000, holdMs: 3_600_000 };
    const ledger = createLedger(opened.database, keys, now, times, undefined, SUBSCRIPTIONS);
    phoneCount += 1;
    const request = { phoneNumber: `+52551234${String(phoneCount).padStart(4, '0')}` } as SessionLinkRequest;
    const draft = { id: hashToken(token), version: 1 };
    const intent = { draft, request, consent: sampleConsent, sendDeadline: undefined };
    const claim = await ledger.createClaimedSubmission(intent, 'absent');
    if (!claim) throw new Error('not claimed');
    return { ledger, claim };
  }

  /** Creates an application that was reported with a link. */
  async function createStalled() {
    const draftToken = await drafts.create({ steps: {} });
    clock += IDLE_MS + 1;
    expect(await reportAll()).toBe(1);
    const [link = ''] = await readLinks();
    return { draftToken, link };
  }

  test('a draft is reported once for an idle period, by one of two instances, and again after another save', async () => {
    const token = await drafts.create({ steps: {} });
    clock += IDLE_MS - 1;
    expect(await findIdle()).toEqual([]);
    clock += 2;
    const [application] = await findIdle();
    if (!application) throw new Error('not idle');
    const reports = await Promise.all([1, 2].map(() => stalled.report(application, false)));
    expect(reports.toSorted()).toEqual([false, true]);
    expect(await findIdle()).toEqual([]);

    const draft = await drafts.find(token);
    expect(draft && (await drafts.update(draft, draft.content))).toBe(true);
    clock += IDLE_MS + 1;
    expect(await reportAll()).toBe(1);
    const links = await readLinks();
    expect(links).toEqual(['none', expect.stringMatching(/^[\w-]{43}$/)]);
  });

  test('a batch reads as many drafts as its limit, and the next one those after them', async () => {
    const ids: string[] = [];
    for (let count = 0; count < 7; count += 1) {
      ids.push(hashToken(await drafts.create({ steps: {} })));
      clock += 1;
    }
    clock += IDLE_MS;
    const getIds = (batches: IdleApplication[][]) => batches.map((batch) => batch.map(({ id }) => id));
    expect(getIds(await findBatches(2))).toEqual([ids.slice(0, 2), ids.slice(2, 4), ids.slice(4, 6), ids.slice(6)]);
    for (const application of (await findIdle()).slice(0, 5)) await stalled.report(application, false);
    // Reported drafts count as read.
    expect(getIds(await findBatches(2))).toEqual([[], [], ids.slice(5, 6), ids.slice(6)]);
    expect(getIds(await findBatches(7))).toEqual([ids.slice(5), []]);
    expect(getIds(await findBatches(8))).toEqual([ids.slice(5)]);
  });

  test('drafts that end at the same time are in one batch, and a round without drafts is over at once', async () => {
    expect(await findBatches(2)).toEqual([[]]);
    for (let count = 0; count < 6; count += 1) await drafts.create({ steps: {} });
    clock += IDLE_MS + 1;
    expect((await findBatches(2)).map(({ length }) => length)).toEqual([6, 0]);
  });

  test('a later batch has no draft that has ended meanwhile', async () => {
    await drafts.create({ steps: {} });
    clock += 1_000;
    await drafts.create({ steps: {} });
    clock += IDLE_MS + 1;
    const { last } = await stalled.findIdle(IDLE_MS, 1);
    clock += 8 * 24 * HOUR_MS;
    expect(await stalled.findIdle(IDLE_MS, 1, last)).toEqual({ applications: [], last: undefined });
  });

  test('one that was saved meanwhile is not reported', async () => {
    const token = await drafts.create({ steps: {} });
    clock += IDLE_MS + 1;
    const [application] = await findIdle();
    const draft = await drafts.find(token);
    if (draft) await drafts.savePartial(draft, draft.content);
    expect(application && (await stalled.report(application, true))).toBe(false);
  });

  test.each<[string, AttemptResult | undefined, boolean]>([
    ['is being sent', undefined, false],
    ['was accepted', { state: 'succeeded' }, false],
    ['was refused for good', { state: 'refused', outcome: 'refused' }, false],
    ['has an unknown result', { state: 'ambiguous' }, false],
    ['was refused for a field that the customer can correct', { state: 'refused', outcome: 'phone' }, true],
    ['did not arrive', { state: 'received' }, true],
  ])(
    'one that was submitted meanwhile and %s is reported only if its customer can continue',
    async (_what, result, isReported) => {
      const token = await drafts.create({ steps: {} });
      clock += IDLE_MS + 1;
      const [application] = await findIdle();
      if (!application) throw new Error('not idle');
      const { ledger, claim } = await submit(token);
      if (result) await ledger.recordResult(claim, result, { actor: 'customer' });
      expect(await stalled.report(application, true)).toBe(isReported);
      expect(await readLinks()).toHaveLength(isReported ? 1 : 0);
    },
  );

  test('one that an agent has opened meanwhile is not reported', async () => {
    const token = await drafts.create({ steps: {} });
    clock += IDLE_MS + 1;
    const [application] = await findIdle();
    const customer = { token, phone: '+525512345679', name: 'Ana', lang: 'es' } as const;
    const owner = { id: crypto.randomUUID(), shop: 'centro', agent: 'ana' };
    await createCaseRepository(opened.database, keys, now).create(owner, customer);
    expect(application && (await stalled.report(application, true))).toBe(false);
    expect(await readLinks()).toEqual([]);
  });

  test('neither one that was submitted nor one in an agent’s open case is idle', async () => {
    const [submitted, assisted] = [await drafts.create({ steps: {} }), await drafts.create({ steps: {} })];
    await submit(submitted);
    const customer = { token: assisted, phone: '+525512345679', name: 'Ana', lang: 'es' } as const;
    const owner = { id: crypto.randomUUID(), shop: 'centro', agent: 'ana' };
    await createCaseRepository(opened.database, keys, now).create(owner, customer);
    clock += IDLE_MS + 1;
    expect(await findIdle()).toEqual([]);
  });

  test.each<[string, AttemptResult, Decision | undefined, number]>([
    ['a refusal for good', { state: 'refused', outcome: 'refused' }, undefined, 0],
    ['a refusal of a field that the customer can correct', { state: 'refused', outcome: 'phone' }, undefined, 1],
    ['a call that did not arrive', { state: 'received' }, undefined, 1],
    ['a supervisor’s refusal', { state: 'parked' }, 'refused', 0],
    ['a supervisor’s help in another way', { state: 'parked' }, 'delivered', 0],
    ['a supervisor’s permission to submit again', { state: 'parked' }, 'again', 1],
  ])('after %s: is idle or not, and the link of an earlier report too', async (_what, result, decision, idleCount) => {
    const { draftToken, link } = await createStalled();
    const { ledger, claim } = await submit(draftToken);
    await ledger.recordResult(claim, result, { actor: 'customer' });
    if (decision) await createSubmissionAdmin(opened.database, keys, now, SUBSCRIPTIONS).resolve(claim.id, decision);
    expect(await stalled.findOpenLink(link)).toBe(idleCount > 0 ? hashToken(draftToken) : undefined);
    const draft = await drafts.find(draftToken);
    if (draft) await drafts.savePartial(draft, draft.content);
    clock += IDLE_MS + 1;
    expect(await findIdle()).toHaveLength(idleCount);
  });

  test('a link leads to its draft, and is used up once', async () => {
    const { draftToken, link } = await createStalled();
    expect(await stalled.findOpenLink(link)).toBe(hashToken(draftToken));
    expect(await stalled.countTry(link)).toBe(draftToken);
    const uses = await Promise.all([stalled.consumeLink(link), stalled.consumeLink(link)]);
    expect(uses.toSorted()).toEqual([false, true]);
    expect([await stalled.findOpenLink(link), await stalled.countTry(link)]).toEqual([undefined, undefined]);
  });

  test('a link has five tries, also at once', async () => {
    const { link } = await createStalled();
    const tries = await Promise.all(Array.from({ length: 8 }, () => stalled.countTry(link)));
    expect(tries.filter((token) => token !== undefined)).toHaveLength(5);
    expect(await stalled.findOpenLink(link)).toBeUndefined();
  });

  test('a link ends after two days, and with the next save of its draft', async () => {
    const first = await createStalled();
    clock += 48 * HOUR_MS - 1;
    expect(await stalled.findOpenLink(first.link)).toBeDefined();
    clock += 2;
    expect(await stalled.findOpenLink(first.link)).toBeUndefined();

    await opened.database.delete(draftTable);
    const second = await createStalled();
    const draft = await drafts.find(second.draftToken);
    clock += 1_000;
    if (draft) await drafts.savePartial(draft, draft.content);
    expect(await stalled.findOpenLink(second.link)).toBeUndefined();
  });

  test('a copy of the database has no token of a link', async () => {
    const { link } = await createStalled();
    const rows = [
      await opened.database.select().from(applications),
      await opened.database.select().from(webhookEvents),
    ];
    expect(JSON.stringify(rows)).not.toContain(link);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { createDataKey, createKeys } from '../../crypto/encryption.ts';
import { APPLICATION_EVENT_TYPES, applicationEventSchema } from '../../domain/events/application-event.ts';
import { sampleConsent } from '../../domain/sample-answers.ts';
import type { SessionLinkRequest } from '../../domain/session-link-request.ts';
import { getReference } from '../../domain/text/ids.ts';
import { DAY_MS } from '../../domain/time.ts';
import type { OpenDatabase } from '../database.ts';
import { createDraftRepository } from '../drafts.ts';
import { openPglite } from '../embedded-database.ts';
import { createLedger } from '../ledger.ts';
import { createPartnerReferenceRepository } from '../partner-references.ts';
import { createPurge } from '../purge.ts';
import { applications, submissions, webhookEvents } from '../schema.ts';
import { createSubmissionAdmin } from '../submission-admin.ts';
import type { AttemptResult } from '../submissions/complete.ts';
import type { Claim } from '../submissions/transition.ts';
import { openOwnPostgres } from '../test-database.ts';
import { hashToken } from '../token.ts';
import { type ClaimedEvent, createOutbox } from './outbox.ts';
import { createOutboxAdmin } from './outbox-admin.ts';
import type { EventSubscription } from './write-event.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-outbox-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const keys = createKeys([createDataKey('a', Buffer.alloc(32, 1))]);
const LEASE_MS = 30_000;
// Statements are prepared under fixed names, so all instances of a database have the same endpoints.
const SUBSCRIPTIONS: EventSubscription[] = [
  { endpoint: 'crm', types: APPLICATION_EVENT_TYPES },
  { endpoint: 'books', types: ['application.link_delivered'] },
];
const customer = { actor: 'customer' } as const;

describe.each([
  ['PGlite', () => openPglite(folder)],
  [
    'Postgres',
    () => openOwnPostgres({ appUrl: inject('postgresUrl'), ownerUrl: inject('postgresOwnerUrl') }, 'outbox'),
  ],
])('the outbox on %s', (name, open) => {
  let opened: OpenDatabase;
  let clock = Date.parse('2026-11-28T02:00:00Z');
  let phoneCount = 0;
  const now = () => new Date(clock);

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    for (const table of [webhookEvents, applications, submissions]) await opened.database.delete(table);
  });

  const createInstance = () => ({
    drafts: createDraftRepository(opened.database, keys, now, SUBSCRIPTIONS),
    ledger: createLedger(
      opened.database,
      keys,
      now,
      { leaseMs: 30_000, firstLookupMs: 60_000, holdMs: 3_600_000 },
      undefined,
      SUBSCRIPTIONS,
    ),
    admin: createSubmissionAdmin(opened.database, keys, now, SUBSCRIPTIONS),
    outbox: createOutbox({
      database: opened.database,
      keys,
      now,
      origin: 'https://start.example.com',
      leaseMs: LEASE_MS,
    }),
    outboxAdmin: createOutboxAdmin(opened.database, now, LEASE_MS),
  });
  type Instance = ReturnType<typeof createInstance>;

  async function start({ drafts }: Instance, reference?: string): Promise<string> {
    const partner = reference === undefined ? {} : { partner: { link: 'l', locked: [], reference } };
    return hashToken(await drafts.create({ steps: {}, ...partner }));
  }

  async function submit({ ledger }: Instance, draftId: string, version = 1): Promise<Claim> {
    phoneCount += 1;
    const request = { phoneNumber: `+52551234${String(phoneCount).padStart(4, '0')}` } as SessionLinkRequest;
    const intent = { draft: { id: draftId, version }, request, consent: sampleConsent, sendDeadline: undefined };
    const claim = await ledger.createClaimedSubmission(intent, 'absent');
    if (!claim) throw new Error('not claimed');
    return claim;
  }

  async function end(instance: Instance, draftId: string, result: AttemptResult, version = 1): Promise<Claim> {
    const claim = await submit(instance, draftId, version);
    await instance.ledger.recordResult(claim, result, customer);
    return claim;
  }

  /** Delivers everything that is due at once. @returns the events in the order of their delivery */
  async function deliverAll({ outbox }: Instance, endpoint = 'crm'): Promise<ClaimedEvent[]> {
    const delivered: ClaimedEvent[] = [];
    for (let batch = await outbox.claimDue(endpoint, 10); batch.length > 0; ) {
      for (const event of batch) await outbox.settle(event, 'delivered', 'HTTP 204');
      delivered.push(...batch);
      batch = await outbox.claimDue(endpoint, 10);
    }
    return delivered;
  }

  test('has one event for each transition that a partner hears of, in the order in which they happened', async () => {
    const instance = createInstance();
    const draftId = await start(instance, 'order-1');
    const claim = await submit(instance, draftId);
    await instance.ledger.recordResult(claim, { state: 'ambiguous' }, customer);
    clock += 61_000;
    const [due] = await instance.ledger.claimDue(1);
    if (!due) throw new Error('not due');
    await instance.ledger.recordResult(due, { state: 'parked' }, { actor: 'reconciler' });
    expect(await instance.admin.resolve(claim.id, 'again')).toBe('resolved');
    const again = await instance.ledger.claim(claim, 'absent', customer);
    if (!again) throw new Error('not claimed again');
    await instance.ledger.recordResult(again, { state: 'succeeded', link: 'https://links.example/a' }, customer);

    const events = await deliverAll(instance);
    const application = { application: draftId, partnerReference: 'order-1' };
    const submission = { ...application, reference: getReference(claim.id) };
    expect(events.map(({ body }) => [body.type, body.data])).toEqual([
      ['application.started', application],
      ['application.submitted', submission],
      ['application.needs_review', submission],
      ['application.resolved', { ...submission, decision: 'again' }],
      ['application.link_delivered', submission],
    ]);
    for (const { body } of events) expect(applicationEventSchema.parse(body)).toEqual(body);
    expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
    expect(JSON.stringify(events)).not.toMatch(/links\.example|\+52/);
  });

  test('names the reference of the latest partner link in each event that is sent from then on', async () => {
    const instance = createInstance();
    const draftId = await start(instance, 'order-1');
    const { add } = createPartnerReferenceRepository(opened.database, keys, now);
    await add('order-2', draftId);
    await add('order-3', await start(createInstance()));
    // Applications have no order among each other.
    const references = (await deliverAll(instance)).map(({ body }) => body.data.partnerReference);
    expect(references.toSorted()).toEqual(['order-2', 'order-3']);
  });

  test('orders the submissions of one draft, also under a clock that is behind', async () => {
    const instance = createInstance();
    const draftId = await start(instance);
    await end(instance, draftId, { state: 'refused', outcome: 'refused' });
    clock -= 5_000;
    await end(instance, draftId, { state: 'succeeded' }, 2);
    clock += 5_000;
    const types = (await deliverAll(instance)).map(({ body }) => body.type.replace('application.', ''));
    expect(types).toEqual(['started', 'submitted', 'refused', 'submitted', 'link_delivered']);
  });

  test('has no event of a transition that changed nothing', async () => {
    const instance = createInstance();
    const claim = await end(instance, await start(instance), { state: 'succeeded' });
    await deliverAll(instance);
    expect(await instance.ledger.recordResult(claim, { state: 'refused', outcome: 'refused' }, customer)).toBe(false);
    expect(await instance.admin.resolve(claim.id, 'refused')).toBe('not-parked');
    expect(await deliverAll(instance)).toEqual([]);
  });

  test('refuses the transition when its event cannot be written: there is never one without the other', async () => {
    const instance = createInstance();
    const draftId = await start(instance);
    const claim = await submit(instance, draftId);
    const [, submitted] = await opened.database.select().from(webhookEvents).orderBy(webhookEvents.position);
    if (!submitted) throw new Error('no event');
    // The id that the next event will have.
    const id = submitted.id.replace('_1_crm', '_2_crm');
    await opened.database.insert(webhookEvents).values({ ...submitted, id });
    await expect(
      instance.ledger.recordResult(claim, { state: 'refused', outcome: 'refused' }, customer),
    ).rejects.toThrow();
    const [row] = await opened.database.select().from(submissions).where(eq(submissions.id, claim.id));
    expect(row).toMatchObject({ state: 'sending', transitions: 1 });
    await opened.database.delete(webhookEvents).where(eq(webhookEvents.id, id));
    expect(await instance.ledger.recordResult(claim, { state: 'succeeded' }, customer)).toBe(true);
  });

  test('writes for each endpoint the types that it wants', async () => {
    const instance = createInstance();
    await end(instance, await start(instance), { state: 'succeeded' });
    expect(await deliverAll(instance, 'crm')).toHaveLength(3);
    expect((await deliverAll(instance, 'books')).map(({ body }) => body.type)).toEqual(['application.link_delivered']);
  });

  test('gives an event to one of two instances within its lease, and again after it', async () => {
    const [first, second] = [createInstance(), createInstance()];
    for (let draft = 0; draft < 12; draft += 1) await start(first);
    const claims = await Promise.all([first.outbox.claimDue('crm', 20), second.outbox.claimDue('crm', 20)]);
    const ids = claims.flat().map(({ id }) => id);
    expect(ids).toHaveLength(12);
    expect(new Set(ids).size).toBe(12);
    clock += LEASE_MS - 1;
    expect(await second.outbox.claimDue('crm', 20)).toEqual([]);
    clock += 1;
    const again = await second.outbox.claimDue('crm', 20);
    expect(new Set(again.map(({ id }) => id))).toEqual(new Set(ids));
    expect(new Set(again.map(({ attempt }) => attempt))).toEqual(new Set([2]));
    const [stale] = claims.flat();
    if (!stale) throw new Error('no claim');
    await first.outbox.settle(stale, 'delivered', 'HTTP 200'); // The lease is over: this changes nothing.
    const rows = await opened.database.select().from(webhookEvents);
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(['pending']));
  });

  test('holds later events of an application back until the earlier one is delivered or has failed', async () => {
    const instance = createInstance();
    const [held, free] = [await start(instance), await start(instance)];
    await end(instance, held, { state: 'succeeded' });
    const batch = await instance.outbox.claimDue('crm', 10);
    expect(batch.map(({ body }) => body.type)).toEqual(['application.started', 'application.started']);
    const [blocked, other] = [held, free].map((id) => batch.find(({ draftId }) => draftId === id));
    if (!blocked || !other) throw new Error('no claim');
    await instance.outbox.settle(other, 'delivered', 'HTTP 200');
    await instance.outbox.postpone(blocked, new Date(clock + 60_000), 'HTTP 500');
    expect(await instance.outbox.claimDue('crm', 10)).toEqual([]);
    clock += 60_000;
    const [retried, ...more] = await instance.outbox.claimDue('crm', 10);
    expect([retried?.id, retried?.attempt, more]).toEqual([blocked.id, 2, []]);
    if (retried) await instance.outbox.settle(retried, 'failed', 'HTTP 410');
    expect((await deliverAll(instance)).map(({ body }) => body.type)).toEqual([
      'application.submitted',
      'application.link_delivered',
    ]);
  });

  test('lists what was not delivered, and delivers it again with the same id and an entry in the audit', async () => {
    const instance = createInstance();
    await start(instance);
    const [failed] = await instance.outbox.claimDue('crm', 1);
    if (!failed) throw new Error('no claim');
    await instance.outbox.settle(failed, 'failed', 'HTTP 500');
    const [listed] = await instance.outboxAdmin.listUndelivered();
    expect(listed).toMatchObject({ id: failed.id, state: 'failed', attempts: 1, result: 'HTTP 500' });
    expect(await instance.outboxAdmin.redeliver({ endpoint: 'other' })).toBe(0);
    clock += 4 * DAY_MS;
    expect(await instance.outboxAdmin.redeliver({ endpoint: 'crm' })).toBe(1);
    const [again] = await deliverAll(instance);
    expect(again).toMatchObject({ id: failed.id, attempt: 1, retryFrom: now(), body: failed.body });
    expect(await instance.outboxAdmin.listUndelivered()).toEqual([]);
    expect(await instance.outboxAdmin.redeliver({ id: failed.id })).toBe(1);
    expect(await deliverAll(instance)).toHaveLength(1);
  });

  test.each<[string, 'failed' | 'delivered', number]>([
    ['a failed event', 'failed', 7],
    ['a delivered event', 'delivered', 4],
  ])('an event that is sent again begins with the first attempt: %s', async (_what, state, attempts) => {
    const instance = createInstance();
    await start(instance);
    for (let attempt = 1; attempt <= attempts; attempt += 1) {
      const [event] = await instance.outbox.claimDue('crm', 1);
      expect(event?.attempt).toBe(attempt);
      if (event && attempt < attempts) await instance.outbox.postpone(event, now(), 'HTTP 500');
      else if (event) await instance.outbox.settle(event, state, 'HTTP 500');
    }
    const [{ id } = { id: '' }] = await opened.database.select().from(webhookEvents);
    expect(await instance.outboxAdmin.redeliver({ id })).toBe(1);
    expect((await instance.outboxAdmin.listUndelivered())[0]).toMatchObject({ id, state: 'pending', attempts: 0 });
    expect(await deliverAll(instance)).toMatchObject([{ id, attempt: 1, retryFrom: now() }]);
  });

  test('an attempt that is under way is not repeated, and keeps its result', async () => {
    const instance = createInstance();
    await start(instance);
    const [event] = await instance.outbox.claimDue('crm', 1);
    if (!event) throw new Error('no claim');
    const { id } = event;
    for (const selection of [{ id }, { endpoint: 'crm' }])
      expect(await instance.outboxAdmin.redeliver(selection)).toBe(0);
    expect(await instance.outbox.claimDue('crm', 1)).toEqual([]);
    // Between two attempts it can be sent at once, unless the next one may have begun.
    await instance.outbox.postpone(event, new Date(clock + LEASE_MS), 'HTTP 500');
    expect(await instance.outboxAdmin.redeliver({ id })).toBe(0);
    clock -= 1;
    expect(await instance.outboxAdmin.redeliver({ id })).toBe(1);
    const [again] = await instance.outbox.claimDue('crm', 1);
    if (!again) throw new Error('no claim');
    expect(await instance.outboxAdmin.redeliver({ id })).toBe(0);
    await instance.outbox.settle(again, 'delivered', 'HTTP 200');
    expect(await instance.outboxAdmin.listUndelivered()).toEqual([]);
  });

  // Ten rows of a batch, delivered ones and those of another endpoint included, and a few more at the same time.
  test.each<[string, number, number[]]>([
    ['at different times', 1, [6, 7, 7]],
    ['two at a time', 2, [7, 7, 6]],
    ['all at the same time', 100, [20]],
  ])('all failed events of an endpoint are sent again in batches: %s', async (_what, perTime, batches) => {
    const instance = createInstance();
    await start(instance);
    const [sample] = await opened.database.select().from(webhookEvents);
    if (!sample) throw new Error('no event');
    const states = ['failed', 'failed', 'delivered'] as const;
    const rows = Array.from({ length: 60 }, (_, index) => ({
      ...sample,
      id: `msg_${String((index * 7) % 60).padStart(2, '0')}`,
      draftId: `draft-${index}`,
      endpoint: index < 30 ? 'crm' : 'books',
      state: states[index % 3] ?? 'failed',
      attempts: 9,
      at: new Date(clock + 1 + Math.floor(index / perTime)),
    }));
    await opened.database.insert(webhookEvents).values(rows);
    const read = () => opened.database.select().from(webhookEvents).orderBy(webhookEvents.draftId);
    const before = await read();
    const beforeMs = clock;
    const getLaterNow = () => {
      clock += 1;
      return now();
    };
    expect(await createOutboxAdmin(opened.database, getLaterNow, LEASE_MS, 10).redeliver({ endpoint: 'crm' })).toBe(20);
    const isFailed = ({ endpoint, state }: (typeof before)[number]) => endpoint === 'crm' && state === 'failed';
    const isDueLater = { dueAt: expect.any(Date), retryFrom: expect.any(Date) };
    const change = { state: 'pending', attempts: 0, ...isDueLater };
    const after = await read();
    expect(after).toEqual(before.map((row) => (isFailed(row) ? { ...row, ...change } : row)));
    // The events of one statement are due at the same time.
    const dueTimes = after.map(({ dueAt }) => dueAt.getTime()).filter((time) => time > beforeMs);
    const times = [...new Set(dueTimes)].toSorted((first, second) => first - second);
    expect(times.map((time) => dueTimes.filter((other) => other === time).length)).toEqual(batches);
  });

  test('counts what waits, by endpoint', async () => {
    const instance = createInstance();
    await end(instance, await start(instance), { state: 'succeeded' });
    const counts = { crm: 3, books: 1 };
    expect(Object.fromEntries(await instance.outbox.countPending())).toEqual(counts);
    await deliverAll(instance);
    expect(Object.fromEntries(await instance.outbox.countPending())).toEqual({ books: 1 });
  });

  test('hears of an end that the purge makes, with the partner’s reference as long as the event is kept', async () => {
    const instance = createInstance();
    const options = { isEmbedded: name === 'PGlite', onError: expect.fail, subscriptions: SUBSCRIPTIONS };
    const purge = createPurge(opened.database, now, options);
    await end(instance, await start(instance, 'order-1'), { state: 'ambiguous' });
    await deliverAll(instance);
    clock += 31 * DAY_MS;
    await purge();
    const [resolved] = await deliverAll(instance);
    const data = { partnerReference: 'order-1', decision: 'refused' };
    expect(resolved?.body).toMatchObject({ type: 'application.resolved', data });
    clock += 30 * DAY_MS;
    expect((await purge()).counts).toMatchObject({ webhookEvents: 0, applications: 0 });
    expect(await instance.outboxAdmin.redeliver({ id: resolved?.id ?? '' })).toBe(1);
    expect((await deliverAll(instance))[0]?.body).toEqual(resolved?.body);
    clock += 1;
    expect((await purge()).counts).toMatchObject({ webhookEvents: 1, applications: 1 });
  });

  test.runIf(name === 'Postgres')('deliveries take one connection of the pool at a time', async () => {
    const instance = createInstance();
    for (let count = 0; count < 12; count += 1) await start(instance);
    let mostInUse = 0;
    let isOver = false;
    const watch = (async () => {
      while (!isOver) {
        mostInUse = Math.max(mostInUse, opened.countConnections().get('in_use') ?? 0);
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const deliver = async () => {
      const events = await instance.outbox.claimDue('crm', 12);
      await Promise.all(events.map((event) => instance.outbox.settle(event, 'delivered', 'HTTP 200')));
      return events;
    };
    const events = await deliver().finally(() => {
      isOver = true;
    });
    await watch;
    expect(events).toHaveLength(12);
    expect(mostInUse).toBe(1);
  });
});

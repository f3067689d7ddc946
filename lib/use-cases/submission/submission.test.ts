import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type LimitPoints, limitNames } from '../../config/rate-limits.ts';
import { systemRuntime } from '../../config/runtime.ts';
import { createDataKey, createKeys } from '../../crypto/encryption.ts';
import type { SavedSteps } from '../../domain/journey.ts';
import { sampleConsent, sampleContext, sampleInputs, sampleSpelling } from '../../domain/sample-answers.ts';
import type { SessionLinkRequest } from '../../domain/session-link-request.ts';
import { getReference } from '../../domain/text/ids.ts';
import type { UpstreamResult } from '../../domain/upstream-responses/classify-response.ts';
import { countSubmission } from '../../rate-limits/count-submission.ts';
import type { OpenDatabase } from '../../store/database.ts';
import { createDraftRepository, type Draft, type DraftRepository } from '../../store/drafts.ts';
import { openPglite } from '../../store/embedded-database.ts';
import { createLedger, type Ledger } from '../../store/ledger.ts';
import { createRateLimitRepository, type RateLimitRepository } from '../../store/rate-limit-counters.ts';
import { submissionEvents, submissions } from '../../store/schema.ts';
import { createSubmissionAdmin } from '../../store/submission-admin.ts';
import { openTestPostgres } from '../../store/test-database.ts';
import type { RaasClient, UserLookup } from '../../upstream/raas.ts';
import { createUpstreamGuard } from '../../upstream/upstream-guard.ts';
import { limitNothing } from '../customer/save-partial-step.ts';
import { saveStep } from '../customer/save-step.ts';
import { runReconciliation } from './run-reconciliation.ts';
import { PHONE_DELAY_MS, submit } from './submit.ts';

const keys = createKeys([createDataKey('a', Buffer.alloc(32, 1))]);
const LINK = 'https://links.example/a';
const link = (url = LINK): UpstreamResult => ({ kind: 'answered', status: 200, link: url });
const lostReply: UpstreamResult = { kind: 'failed', sent: true, cause: 'ECONNRESET' };
const refusal: UpstreamResult = { kind: 'answered', status: 400, code: 'ERROR_INVALID_SCHEMA' };
const duplicate: UpstreamResult = { kind: 'answered', status: 400, code: 'ERROR_USER_ALREADY_ENROLLED' };
const neverSent: UpstreamResult = { kind: 'failed', sent: false, cause: 'ECONNREFUSED' };
const ADMIT_ALL = {
  ...{ failuresInARow: 1_000, failurePercent: 100, cooldownMs: 10_000 },
  ...{ calls: 64, queue: 64, queueWaitMs: 2_000 },
};

/** Room for three of everything. */
const ROOM = 3;
const samplePoints = Object.fromEntries(limitNames.map((name) => [name, ROOM])) as LimitPoints;

const folder = mkdtempSync(join(tmpdir(), 'front-door-submission-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `npm test` runs the tests on Postgres, which production has; `npm run test:all` on both. They take half a minute each. */
const DATABASES: readonly (readonly [name: string, open: () => Promise<OpenDatabase>])[] = [
  ['Postgres', () => openTestPostgres(inject('postgresUrl'))],
  ...(inject('isEverything') ? [['PGlite', () => openPglite(folder)] as const] : []),
];

describe.each(DATABASES)('a submission on %s', (_name, open) => {
  let opened: OpenDatabase;
  let drafts: DraftRepository;
  let ledger: Ledger;
  let limits: RateLimitRepository;
  let skipped = 0;
  const now = () => new Date(Date.now() + skipped);
  const skip = (ms: number) => {
    skipped += ms;
  };

  beforeAll(async () => {
    opened = await open();
    drafts = createDraftRepository(opened.database, keys, now);
    ledger = createLedger(opened.database, keys, now, { leaseMs: 30_000, firstLookupMs: 60_000, holdMs: 3_600_000 });
    limits = createRateLimitRepository(opened.database, keys, samplePoints, now, expect.fail);
  });
  afterAll(() => opened.close());

  const complete = (phoneNumber: string): SavedSteps => {
    const inputs = { ...sampleInputs, identity: { ...sampleInputs.identity, phoneNumber, email: '' } };
    return Object.fromEntries(
      Object.entries(inputs).map(([id, input]) => [id, { input, savedAt: now().toISOString() }]),
    ) as SavedSteps;
  };
  let people = 0;
  const newPhone = () => `55${String(10_000_000 + ++people)}`;
  const createDraft = async (phone = newPhone()): Promise<{ draft: Draft; token: string }> => {
    const token = await drafts.create({ steps: complete(phone) });
    const draft = await drafts.find(token);
    if (!draft) throw new Error('no draft');
    return { draft, token };
  };
  const readDraft = async (token: string): Promise<Draft> => {
    const draft = await drafts.find(token);
    if (!draft) throw new Error('no draft');
    return draft;
  };

  /** An upstream that answers the calls in turn (the last answer for ever) and the looks in turn. */
  function upstream(
    answers: readonly UpstreamResult[],
    lookups: readonly UserLookup[] = [{ kind: 'absent' }],
    ms = 10,
  ) {
    const calls: SessionLinkRequest[] = [];
    let lookupCount = 0;
    const raas: RaasClient = {
      async createSessionLink(request, within, canSend = () => true) {
        if (within <= 0 || !canSend()) return { kind: 'failed', sent: false, cause: 'ClaimExpired' };
        calls.push(request);
        const answer = answers[Math.min(calls.length, answers.length) - 1];
        await new Promise((done) => setTimeout(done, ms));
        return answer as UpstreamResult;
      },
      async findUser() {
        lookupCount += 1;
        return lookups[Math.min(lookupCount, lookups.length) - 1] as UserLookup;
      },
      async getEnrolledSessionLink(userId) {
        return link(`https://links.example/${userId}`);
      },
    };
    return { calls, raas };
  }
  const events: string[] = [];
  const createTools = (raas: RaasClient, upstreamGuard = createUpstreamGuard(ADMIT_ALL, () => {})) => ({
    ...systemRuntime,
    ...{ drafts, ledger, raas, upstreamGuard, now, context: sampleContext },
    sendWindowMs: 25_000,
    ...{ log: ({ event }: { event: string }) => events.push(event), inBackground: () => {} },
    ...{ spelling: sampleSpelling, limits: { total: 5_000, lookup: 500 } },
    countCall: () => ({ refusal: undefined, isDelayed: false, written: Promise.resolve() }),
    hasPossibleLostCall: async () => false,
    running: new Map(),
  });
  /** Counted as a customer's own presses are, from an address that nobody else has unless it is given. */
  let addresses = 0;
  const newAddress = () => `203.0.113.${++addresses}`;
  const countedTools = (raas: RaasClient, address = newAddress()) => ({
    ...createTools(raas),
    countCall: (call: { draftId: string; phone: string }) => countSubmission(limits, { address, ...call }),
  });
  const reconcileWith = (raas: RaasClient) =>
    runReconciliation({
      ...createTools(raas),
      limits: { absenceMs: 120_000, reviewAfterMs: 900_000, total: 5_000, lookup: 500 },
    });
  const toCommand = (draft: Draft) => ({ draft, lang: 'en', callLocation: undefined, consent: sampleConsent }) as const;
  const getState = async (draft: Draft) => (await ledger.findLatest(draft.id))?.state;

  test('what was agreed to is kept with the submission, and the latest button counts', async () => {
    const submissionAdmin = createSubmissionAdmin(opened.database, keys, now);
    const { draft } = await createDraft();
    await submit(createTools(upstream([neverSent]).raas), toCommand(draft));
    const id = (await ledger.findLatest(draft.id))?.id ?? '';
    expect((await submissionAdmin.find(id))[0]?.consent).toEqual(sampleConsent);
    const spanish = { ...sampleConsent, hash: 'ab'.repeat(32), lang: 'es' } as const;
    await submit(createTools(upstream([link()]).raas), { ...toCommand(draft), consent: spanish });
    expect(await submissionAdmin.find(id)).toMatchObject([{ state: 'succeeded', consent: spanish }]);
  });

  test.each([
    [link(), { kind: 'linked', link: LINK }],
    [refusal, { kind: 'refused', step: undefined }],
    [{ ...refusal, code: 'INVALID_PHONE_NUMBER' } as UpstreamResult, { kind: 'refused', step: 'identity' }],
    [lostReply, { kind: 'working' }],
  ] as const)('twenty submits at once make one call and end alike: %j', async (answer, outcome) => {
    const { draft } = await createDraft();
    const { calls, raas } = upstream([answer], undefined, 50);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => submit(createTools(raas), toCommand(draft))));
    expect(calls).toHaveLength(1);
    expect(outcomes).toEqual(Array.from({ length: 20 }, () => outcome));
    expect(await submit(createTools(raas), toCommand(draft))).toEqual(outcome);
    expect(calls).toHaveLength(1);
  });

  test.each([
    [0, 'absent'],
    [60_000, 'unknown'],
  ])('a look %i ms before the claim leaves it %s whether somebody was there', async (ms, precheck) => {
    const { draft } = await createDraft();
    const { raas } = upstream([lostReply]);
    const findUser: RaasClient['findUser'] = async () => {
      skip(ms);
      return { kind: 'absent' };
    };
    await submit(createTools({ ...raas, findUser }), toCommand(draft));
    const [row] = await opened.database.select().from(submissions).where(eq(submissions.draftId, draft.id));
    expect(row).toMatchObject({ attempt: 1, precheck });
  });

  test('after a refusal the same answers are not sent again, changed ones are', async () => {
    const { draft } = await createDraft();
    const refusing = upstream([refusal]);
    await submit(createTools(refusing.raas), toCommand(draft));
    await submit(createTools(refusing.raas), toCommand(draft));
    expect(refusing.calls).toHaveLength(1);
    await drafts.update(draft, draft.content);
    const changed = { ...draft, version: draft.version + 1 };
    expect(await submit(createTools(upstream([link()]).raas), toCommand(changed))).toEqual({
      kind: 'linked',
      link: LINK,
    });
  });

  test('a refusal takes its time, so that its speed tells nothing', async () => {
    const { draft } = await createDraft();
    const start = performance.now();
    await submit(createTools(upstream([duplicate], undefined, 1).raas), toCommand(draft));
    expect(performance.now() - start).toBeGreaterThanOrEqual(995);
  });

  test('what never left is called again, once at most, each time as an attempt of its own', async () => {
    const { draft } = await createDraft();
    const down = upstream([neverSent]);
    expect(await submit(createTools(down.raas), toCommand(draft))).toMatchObject({ kind: 'not-sent' });
    expect(down.calls).toHaveLength(2);
    const up = upstream([neverSent, link()]);
    expect(await submit(createTools(up.raas), toCommand(draft))).toEqual({ kind: 'linked', link: LINK });
    expect(up.calls).toHaveLength(2);
  });

  test.each([
    [{ kind: 'answered', status: 429, retryAfterMs: 300 }, 2],
    [{ kind: 'answered', status: 503, retryAfterMs: 300 }, 2],
    [{ kind: 'answered', status: 503, retryAfterMs: 86_400_000 }, 1],
    [{ kind: 'answered', status: 429, retryAfterMs: 60_000 }, 1],
    [{ kind: 'answered', status: 429 }, 1],
    [{ kind: 'answered', status: 401 }, 1],
    [{ kind: 'answered', status: 404 }, 1],
  ] as const)('%j is called %i times, and says when to try again if it is known', async (answer, times) => {
    const { draft } = await createDraft();
    const { calls, raas } = upstream([answer]);
    const retryAfterMs = 'retryAfterMs' in answer ? answer.retryAfterMs : undefined;
    expect(await submit(createTools(raas), toCommand(draft))).toEqual({ kind: 'not-sent', retryAfterMs });
    expect(calls).toHaveLength(times);
    expect(await ledger.findLatest(draft.id)).toMatchObject({ state: 'received', isBusy: false });
  });

  test('whoever presses with newer answers while the older ones are about to be sent again gets their outcome', async () => {
    const { draft } = await createDraft();
    const busy = upstream([{ kind: 'answered', status: 429, retryAfterMs: 900 }, link()]);
    const first = submit(createTools(busy.raas), toCommand(draft));
    await expect.poll(() => ledger.findLatest(draft.id)).toMatchObject({ state: 'received', isBusy: true });
    await drafts.update(draft, draft.content);
    const changed = { ...draft, version: draft.version + 1 };
    expect(await submit(createTools(busy.raas), toCommand(changed))).toEqual({ kind: 'linked', link: LINK });
    expect(await first).toEqual({ kind: 'linked', link: LINK });
    expect(busy.calls).toHaveLength(2);
  });

  test('a changed draft is not sent while an earlier call is ambiguous', async () => {
    const { draft } = await createDraft();
    await submit(createTools(upstream([lostReply]).raas), toCommand(draft));
    const again = upstream([link()]);
    expect(await submit(createTools(again.raas), toCommand({ ...draft, version: draft.version + 1 }))).toEqual({
      kind: 'working',
    });
    expect(again.calls).toHaveLength(0);
  });

  test('the same person from two drafts: one call at a time, and the next one is free when the first has ended', async () => {
    const phone = newPhone();
    const [draftA, draftB] = [await createDraft(phone), await createDraft(phone)];
    const slow = upstream([link()], undefined, 400);
    const first = submit(createTools(slow.raas), toCommand(draftA.draft));
    await expect.poll(() => getState(draftA.draft)).toBe('sending');
    expect(await submit(createTools(slow.raas), toCommand(draftB.draft))).toEqual({
      kind: 'phone-held',
      retryAfterMs: 60_000,
    });
    expect(slow.calls).toHaveLength(1);
    await first;
    expect(await submit(createTools(slow.raas), toCommand(draftB.draft))).toMatchObject({ kind: 'linked' });
  });

  test('answers that were never sent make way for newer ones, and for the same person elsewhere once forgotten', async () => {
    const phone = newPhone();
    const { draft, token } = await createDraft(phone);
    await submit(createTools(upstream([{ kind: 'answered', status: 401 }]).raas), toCommand(draft));
    await drafts.update(draft, complete(phone) && draft.content);
    const newer = await readDraft(token);
    await submit(createTools(upstream([{ kind: 'answered', status: 401 }]).raas), toCommand(newer));
    const other = await createDraft(phone);
    const up = upstream([link()]);
    expect(await submit(createTools(up.raas), toCommand(other.draft))).toEqual({
      kind: 'phone-held',
      retryAfterMs: 60_000,
    });
    skip(31_000);
    expect(await submit(createTools(up.raas), toCommand(other.draft))).toMatchObject({ kind: 'linked' });
    expect(up.calls).toHaveLength(1);
  });

  test('an unfinished draft is not sent', async () => {
    const { card: _card, ...steps } = complete(newPhone());
    const draft = await readDraft(await drafts.create({ steps }));
    const { calls, raas } = upstream([refusal]);
    expect(await submit(createTools(raas), toCommand(draft))).toEqual({ kind: 'incomplete', firstOpenStep: 'card' });
    expect(calls).toHaveLength(0);
  });

  test('a step saved while the details are on their way changes nothing, be it right or wrong', async () => {
    const { draft, token } = await createDraft();
    await submit(createTools(upstream([lostReply]).raas), toCommand(draft));
    const before = await readDraft(token);
    const saving = { drafts, ledger, limitDraft: limitNothing, context: sampleContext, now: now() };
    for (const input of [sampleInputs.identity, { ...sampleInputs.identity, firstName: '' }]) {
      expect(await saveStep(saving, { token, stepId: 'identity', input })).toEqual({ kind: 'locked' });
    }
    expect(await readDraft(token)).toEqual(before);
  });

  test('once delivered, the answers are forgotten, and the link a day later', async () => {
    const { draft, token } = await createDraft();
    await submit(createTools(upstream([link()]).raas), toCommand(draft));
    expect((await readDraft(token)).content).toEqual({ steps: {} });
    expect(await ledger.findLatest(draft.id)).toMatchObject({ state: 'succeeded', link: LINK });
    skip(24 * 3_600_000 + 1_000);
    await ledger.removeExpiredLinks();
    expect(await ledger.findLatest(draft.id)).toMatchObject({ state: 'succeeded', link: undefined });
  });

  test('a slow answer hands over to the waiting page, and still arrives', async () => {
    const { draft } = await createDraft();
    const { raas } = upstream([link()], undefined, 4_400);
    const start = performance.now();
    expect(await submit(createTools(raas), toCommand(draft))).toEqual({ kind: 'working' });
    expect(performance.now() - start).toBeLessThan(4_300);
    await expect.poll(() => getState(draft), { timeout: 3_000 }).toBe('succeeded');
  });

  describe('counted against its limits', () => {
    const press = (raas: RaasClient, draft: Draft, address?: string) =>
      submit(countedTools(raas, address), toCommand(draft));

    test('an incomplete draft counts for nothing, whoever’s phone it holds', async () => {
      const phone = newPhone();
      const [address, { card: _card, ...steps }] = [newAddress(), complete(phone)];
      const half = await readDraft(await drafts.create({ steps }));
      const { calls, raas } = upstream([link()]);
      for (let index = 0; index < 10; index += 1)
        expect(await press(raas, half, address)).toEqual({ kind: 'incomplete', firstOpenStep: 'card' });
      expect(await press(raas, (await createDraft(phone)).draft, address)).toMatchObject({ kind: 'linked' });
      expect(calls).toHaveLength(1);
    });

    test('presses of what is under way, delivered or refused count for nothing', async () => {
      const address = newAddress();
      for (const answer of [link(), lostReply, refusal]) {
        const { draft } = await createDraft();
        const { raas } = upstream([answer], undefined, 50);
        const shared = countedTools(raas, address);
        for (const presses of [5, 5]) {
          const outcomes = await Promise.all(Array.from({ length: presses }, () => submit(shared, toCommand(draft))));
          expect(outcomes.map(({ kind }) => kind)).not.toContain('limited');
        }
      }
      const { kind } = await press(upstream([link()]).raas, (await createDraft()).draft, address);
      expect(kind).toBe('limited');
    });

    test.each([
      ['one address', (): [string, () => Promise<Draft>] => [newAddress(), async () => (await createDraft()).draft]],
      [
        'one draft',
        (): [undefined, () => Promise<Draft>] => {
          const created = createDraft();
          return [undefined, async () => (await created).draft];
        },
      ],
    ])('of %s, so many calls are made and then none, with no look and no row', async (_by, createSource) => {
      const [address, nextDraft] = createSource();
      const { calls, raas } = upstream([{ kind: 'answered', status: 401 }]);
      let looks = 0;
      const counting: RaasClient = {
        ...raas,
        findUser(...args) {
          looks += 1;
          return raas.findUser(...args);
        },
      };
      const kinds: string[] = [];
      for (let index = 0; index < ROOM + 2; index += 1)
        kinds.push((await press(counting, await nextDraft(), address)).kind);
      expect(kinds).toEqual([...Array(ROOM).fill('not-sent'), 'limited', 'limited']);
      expect([calls.length, looks]).toEqual([ROOM, ROOM]);
      const refused = await nextDraft();
      const outcome = await press(counting, refused, address);
      expect(outcome).toMatchObject({ kind: 'limited' });
      if (outcome.kind === 'limited') expect(outcome.retryAfterMs).toBeGreaterThan(500_000);
      if (address) expect(await ledger.findLatest(refused.id)).toBeUndefined();
    });

    test('a burst in one instance makes exactly as many calls as there is room for', async () => {
      const address = newAddress();
      const { calls, raas } = upstream([link()]);
      const created = await Promise.all(Array.from({ length: 5 * ROOM }, () => createDraft()));
      const outcomes = await Promise.all(created.map(({ draft }) => press(raas, draft, address)));
      expect(outcomes.filter(({ kind }) => kind === 'linked')).toHaveLength(ROOM);
      expect(calls).toHaveLength(ROOM);
    });

    test('a phone counts as it is sent, not as it was typed last', async () => {
      const [phone, address] = [newPhone(), newAddress()];
      const { calls, raas } = upstream([link()]);
      const counted = countedTools(raas, address);
      for (let index = 0; index < ROOM + 3; index += 1) {
        const identity = { input: { ...sampleInputs.identity, phoneNumber: newPhone() }, errors: {} };
        const draft = await readDraft(await drafts.create({ steps: complete(phone), typed: { identity } }));
        await submit(counted, toCommand(draft));
      }
      expect(calls).toHaveLength(ROOM);
    });

    test('whatever strangers do with a phone, its owner is served from another address, seconds later at most', async () => {
      const phone = newPhone();
      const { raas } = upstream([{ kind: 'answered', status: 401 }]);
      for (let index = 0; index < ROOM; index += 1) {
        await press(raas, (await createDraft(phone)).draft);
        skip(31_000);
      }
      const own = upstream([link()]);
      const start = performance.now();
      expect(await press(own.raas, (await createDraft(phone)).draft)).toMatchObject({ kind: 'linked' });
      expect(performance.now() - start).toBeGreaterThanOrEqual(PHONE_DELAY_MS - 5);
      expect(performance.now() - start).toBeLessThan(PHONE_DELAY_MS + 1_500);
    });

    test('seven addresses that press without end stop no other one', async () => {
      const half = await readDraft(await drafts.create({ steps: {} }));
      const { raas } = upstream([link()]);
      for (let index = 0; index < 7; index += 1) {
        const address = newAddress();
        await Promise.all(Array.from({ length: 100 }, () => press(raas, half, address)));
        await Promise.all(
          Array.from({ length: 2 * ROOM }, async () => press(raas, (await createDraft()).draft, address)),
        );
      }
      for (let index = 0; index < ROOM; index += 1)
        expect(await press(raas, (await createDraft()).draft)).toMatchObject({ kind: 'linked' });
    });
  });

  describe('with an ambiguous result', () => {
    const submitAmbiguous = async (
      lookups: readonly UserLookup[],
      answers: readonly UpstreamResult[] = [lostReply, link()],
    ) => {
      const { draft, token } = await createDraft();
      const fakeUpstream = upstream(answers, lookups);
      expect(await submit(createTools(fakeUpstream.raas), toCommand(draft))).toEqual({ kind: 'working' });
      return { draft, token, ...fakeUpstream };
    };
    const present: UserLookup = { kind: 'present', userId: 'u1' };
    const absent: UserLookup = { kind: 'absent' };
    const failed: UserLookup = { kind: 'failed', isDenied: true, cause: 'HTTP 403' };

    test('is not looked for before the upstream must be done with it', async () => {
      const { draft, raas } = await submitAmbiguous([absent, present]);
      skip(59_000);
      await reconcileWith(raas);
      expect(await getState(draft)).toBe('ambiguous');
    });

    test('is delivered when nobody was there before the call and somebody is now', async () => {
      const { draft, token, calls, raas } = await submitAmbiguous([absent, present]);
      skip(61_000);
      await reconcileWith(raas);
      expect(await ledger.findLatest(draft.id)).toMatchObject({ state: 'succeeded', link: 'https://links.example/u1' });
      expect((await readDraft(token)).content).toEqual({ steps: {} });
      expect(calls).toHaveLength(1);
    });

    test('is refused neutrally when the person was there before: it could be a stranger’s account', async () => {
      const { draft, calls, raas } = await submitAmbiguous([present, present]);
      skip(61_000);
      await reconcileWith(raas);
      expect(await ledger.findLatest(draft.id)).toMatchObject({ state: 'refused', link: undefined });
      expect(calls).toHaveLength(1);
    });

    test('is parked when nobody knows who was there before', async () => {
      const { draft, calls, raas } = await submitAmbiguous([failed, present]);
      skip(61_000);
      await reconcileWith(raas);
      expect(await ledger.findLatest(draft.id)).toMatchObject({ state: 'parked', link: undefined });
      expect(calls).toHaveLength(1);
    });

    test.each([
      ['delivered', 'succeeded'],
      ['refused', 'refused'],
      ['again', 'received'],
    ] as const)('is ended by a person as %s, once', async (decision, state) => {
      const { draft, raas } = await submitAmbiguous([failed, present]);
      skip(61_000);
      await reconcileWith(raas);
      const submissionAdmin = createSubmissionAdmin(opened.database, keys, now);
      const { id = '' } = (await ledger.findLatest(draft.id)) ?? {};
      expect((await submissionAdmin.list()).map((row) => row.id)).toContain(id);
      expect(await submissionAdmin.find(getReference(id))).toMatchObject([{ id, state: 'parked' }]);
      expect(await submissionAdmin.resolve(id, decision)).toBe('resolved');
      expect(await submissionAdmin.resolve(id, decision)).toBe('not-parked');
      expect(await getState(draft)).toBe(state);
      expect((await submissionAdmin.listHistory(id)).at(-1)).toMatchObject({
        actor: 'operator',
        cause: decision,
        state,
      });
      const again = upstream([link()]);
      const outcome = await submit(createTools(again.raas), toCommand(draft));
      expect(again.calls).toHaveLength(decision === 'again' ? 1 : 0);
      if (decision === 'again') expect(outcome).toMatchObject({ kind: 'linked' });
    });

    test('is sent once more after three looks over two minutes found nobody', async () => {
      const { draft, calls, raas } = await submitAmbiguous([absent]);
      skip(61_000);
      for (const looks of [1, 2]) {
        await reconcileWith(raas);
        expect([looks, await getState(draft), calls.length]).toEqual([looks, 'reconciling', 1]);
        await reconcileWith(raas);
        skip(61_000);
      }
      await reconcileWith(raas);
      expect(await getState(draft)).toBe('succeeded');
      expect(calls).toHaveLength(2);
      expect(calls[1]).toEqual(calls[0]);
    });

    test('is parked when it is lost twice', async () => {
      const { draft, calls, raas } = await submitAmbiguous([absent], [lostReply]);
      skip(61_000);
      for (let look = 0; look < 6; look += 1) {
        await reconcileWith(raas);
        skip(61_000);
      }
      expect(await getState(draft)).toBe('parked');
      expect(calls).toHaveLength(2);
      // After a decision that nothing arrived, a known phone does not ask for the same decision again.
      const { id = '' } = (await ledger.findLatest(draft.id)) ?? {};
      await createSubmissionAdmin(opened.database, keys, now).resolve(id, 'again');
      const again = upstream([link()], [present]);
      expect(await submit(createTools(again.raas), toCommand(draft))).toMatchObject({ kind: 'linked' });
    });

    test('a duplicate answer to the repeat is its own trace: the link is found', async () => {
      const { draft, calls, raas } = await submitAmbiguous(
        [absent, absent, absent, absent, present],
        [lostReply, duplicate],
      );
      skip(61_000);
      for (let look = 0; look < 4; look += 1) {
        await reconcileWith(raas);
        skip(61_000);
      }
      expect(await ledger.findLatest(draft.id)).toMatchObject({ state: 'succeeded', link: 'https://links.example/u1' });
      expect(calls).toHaveLength(2);
    });

    test('a card that has waited too long is not sent again but asked for again', async () => {
      const { draft, calls, raas } = await submitAmbiguous([absent]);
      await opened.database.execute(`update submissions set sendable_until = now() where draft_id = '${draft.id}'`);
      skip(61_000);
      for (let look = 0; look < 3; look += 1) {
        await reconcileWith(raas);
        skip(61_000);
      }
      expect(await ledger.findLatest(draft.id)).toMatchObject({ state: 'received', isBusy: false });
      expect(calls).toHaveLength(1);
    });

    test.each([
      ['who becomes visible after three lookups', [present], 0],
      ['whom only the duplicate answer shows', [absent], 1],
    ] as const)(
      'a user %s is not sent again but looked for: the call may have made it',
      async (_what, looks, calls) => {
        const { draft, raas } = await submitAmbiguous([absent]);
        await opened.database.execute(`update submissions set sendable_until = now() where draft_id = '${draft.id}'`);
        skip(61_000);
        for (let look = 0; look < 3; look += 1) {
          await reconcileWith(raas);
          skip(61_000);
        }
        expect(await getState(draft)).toBe('received');
        // The customer enters the card again.
        await drafts.update(draft, draft.content);
        const changed = { ...draft, version: draft.version + 1 };
        const later = upstream([duplicate], looks);
        expect(await submit(createTools(later.raas), toCommand(changed))).toEqual({ kind: 'working' });
        expect(later.calls).toHaveLength(calls);
        expect(await getState(draft)).toBe('ambiguous');
        if (calls > 0) return;
        // After a decision that nothing arrived, the known phone is no reason for the same decision again.
        skip(61_000);
        await reconcileWith(upstream([], [present]).raas);
        const { id = '' } = (await ledger.findLatest(draft.id)) ?? {};
        expect(await createSubmissionAdmin(opened.database, keys, now).resolve(id, 'again')).toBe('resolved');
        const again = upstream([link()], [present]);
        expect(await submit(createTools(again.raas), toCommand(changed))).toMatchObject({ kind: 'linked' });
      },
    );

    test('is parked after fifteen minutes without a look that worked', async () => {
      const { draft, calls, raas } = await submitAmbiguous([failed]);
      skip(61_000);
      await reconcileWith(raas);
      expect(await getState(draft)).toBe('reconciling');
      skip(900_000);
      await reconcileWith(raas);
      expect(await getState(draft)).toBe('parked');
      expect(calls).toHaveLength(1);
    });

    test('a call whose process died is found after its lease, and a late word of that process changes nothing', async () => {
      const { draft } = await createDraft();
      const { raas } = upstream([link()], [present]);
      const request = { phoneNumber: newPhone() } as SessionLinkRequest;
      const claim = await ledger.createClaimedSubmission(
        { draft, request, consent: sampleConsent, sendDeadline: undefined },
        'absent',
      );
      if (!claim) throw new Error('no claim');
      await reconcileWith(raas);
      expect(await getState(draft)).toBe('sending');
      skip(31_000);
      await reconcileWith(raas);
      expect(await getState(draft)).toBe('ambiguous');
      expect(
        await ledger.recordResult(
          { ...claim, draftId: draft.id },
          { state: 'refused', outcome: 'refused' },
          { actor: 'customer' },
        ),
      ).toBe(false);
      skip(61_000);
      await reconcileWith(raas);
      expect(await getState(draft)).toBe('succeeded');
    });

    test.each([
      ['the look', 'createClaimedSubmission'],
      ['a slow look', 'claim'],
    ] as const)(
      'a claim after %s whose answer is late is not used, and the reconciler is the only one who calls',
      async (_what, statement) => {
        const { draft } = await createDraft();
        const { calls, raas } = upstream([link()], [absent]);
        const released = Promise.withResolvers<void>();
        const reached = Promise.withResolvers<void>();
        /** The database commits and its answer comes when the other instance is done. */
        const stalled =
          <Args extends unknown[], Result>(work: (...args: Args) => Promise<Result>) =>
          async (...args: Args) => {
            const result = await work(...args);
            reached.resolve();
            await released.promise;
            return result;
          };
        const late: Ledger = { ...ledger, [statement]: stalled<never[], unknown>(ledger[statement] as never) };
        const slow: RaasClient = {
          ...raas,
          async findUser(...args) {
            if (statement === 'claim') await new Promise((done) => setTimeout(done, 300));
            return raas.findUser(...args);
          },
        };
        const end = submit({ ...createTools(slow), ledger: late }, toCommand(draft));
        await reached.promise;
        expect(await getState(draft)).toBe('sending');
        skip(31_000);
        for (let look = 0; look < 4; look += 1) {
          await reconcileWith(raas);
          skip(61_000);
          await reconcileWith(raas);
        }
        expect(await getState(draft)).toBe('succeeded');
        expect(calls).toHaveLength(1);
        released.resolve();
        // Not that nothing was sent: what the other instance did counts, or the waiting page on a busy machine.
        expect(['linked', 'working']).toContain((await end).kind);
        await expect.poll(() => events.filter((event) => event === 'submission.called').length).toBeGreaterThan(1);
        expect(calls).toHaveLength(1);
        expect(await ledger.findLatest(draft.id)).toMatchObject({ state: 'succeeded', link: LINK });
      },
    );

    test('is parked when another draft called for the same person between the look and the call', async () => {
      const phone = newPhone();
      const [ownDraft, other] = [await createDraft(phone), await createDraft(phone)];
      const { raas, calls } = upstream([lostReply], [absent, present]);
      const outrun: RaasClient = {
        ...raas,
        async findUser(...args) {
          const lookup = await raas.findUser(...args);
          await submit(createTools(upstream([link()]).raas), toCommand(other.draft));
          return lookup;
        },
      };
      expect(await submit(createTools(outrun), toCommand(ownDraft.draft))).toEqual({ kind: 'working' });
      expect(calls).toHaveLength(1);
      skip(61_000);
      await reconcileWith(raas);
      expect(await ledger.findLatest(ownDraft.draft.id)).toMatchObject({ state: 'parked', link: undefined });
    });

    test('is parked when another draft had made the user, whom the look before the call did not show yet', async () => {
      const phone = newPhone();
      const [ownDraft, other] = [await createDraft(phone), await createDraft(phone)];
      expect(await submit(createTools(upstream([link()]).raas), toCommand(other.draft))).toMatchObject({
        kind: 'linked',
      });
      skip(40_000);
      const { raas, calls } = upstream([lostReply], [absent, present]);
      expect(await submit(createTools(raas), toCommand(ownDraft.draft))).toEqual({ kind: 'working' });
      expect(calls).toHaveLength(1);
      skip(61_000);
      await reconcileWith(raas);
      expect(await ledger.findLatest(ownDraft.draft.id)).toMatchObject({ state: 'parked', link: undefined });
      expect(await ledger.findLatest(other.draft.id)).toMatchObject({ state: 'succeeded', link: LINK });
    });

    test('is delivered when the other draft’s call is proved not to have been processed', async () => {
      const phone = newPhone();
      const [ownDraft, other] = [await createDraft(phone), await createDraft(phone)];
      await submit(createTools(upstream([{ kind: 'answered', status: 401 }]).raas), toCommand(other.draft));
      skip(31_000);
      const { raas } = upstream([lostReply], [absent, present]);
      expect(await submit(createTools(raas), toCommand(ownDraft.draft))).toEqual({ kind: 'working' });
      expect(await getState(other.draft)).toBeUndefined(); // it made way
      skip(61_000);
      await reconcileWith(raas);
      expect(await getState(ownDraft.draft)).toBe('succeeded');
    });

    test('a slow look does not keep the intent waiting, and is still what the claim rests on', async () => {
      const { draft } = await createDraft();
      const { raas } = upstream([lostReply], [absent, present]);
      const slow: RaasClient = {
        ...raas,
        async findUser(...args) {
          await new Promise((done) => setTimeout(done, 600));
          return raas.findUser(...args);
        },
      };
      const end = submit(createTools(slow), toCommand(draft));
      await expect.poll(() => ledger.findLatest(draft.id)).toMatchObject({ state: 'received', isBusy: true });
      expect(await end).toEqual({ kind: 'working' });
      skip(61_000);
      await reconcileWith(raas);
      expect(await getState(draft)).toBe('succeeded');
    });

    test.each(['present', 'failed'] as const)(
      'after a failover that may have lost its row: a person who is %s is not called for and not refused',
      async (kind) => {
        const { draft } = await createDraft();
        const lookup: UserLookup =
          kind === 'present' ? { kind, userId: 'u1' } : { kind, cause: 'HTTP 500', isDenied: false };
        const { raas, calls } = upstream([link()], [lookup, present]);
        const checkedCalls: unknown[] = [];
        const hasPossibleLostCall = async (call: object) => checkedCalls.push(call) > 0;
        const outcome = await submit({ ...createTools(raas), hasPossibleLostCall }, toCommand(draft));
        expect(outcome).toEqual({ kind: 'working' });
        expect(checkedCalls).toEqual([{ draftId: draft.id, phone: expect.stringContaining('55') }]);
        skip(61_000);
        await reconcileWith(raas);
        expect(calls).toEqual([]);
        expect(await ledger.findLatest(draft.id)).toMatchObject({ state: 'parked' });
      },
    );

    test('a backlog is worked off in one round, and nobody in it is parked without a look', async () => {
      const created = await Promise.all(Array.from({ length: 25 }, () => createDraft()));
      for (const { draft } of created)
        await submit(createTools(upstream([lostReply], [absent]).raas), toCommand(draft));
      skip(900_000);
      expect(await reconcileWith(upstream([], [present]).raas)).toBe(25);
      for (const { draft } of created) expect(await getState(draft)).toBe('succeeded');
    });

    test('a round ends with the batch in which the upstream does not answer', async () => {
      const created = await Promise.all(Array.from({ length: 25 }, () => createDraft()));
      for (const { draft } of created)
        await submit(createTools(upstream([lostReply], [absent]).raas), toCommand(draft));
      skip(61_000);
      expect(await reconcileWith(upstream([], [{ kind: 'failed', cause: 'HTTP 500', isDenied: false }]).raas)).toBe(10);
      skip(61_000);
      expect(await reconcileWith(upstream([], [present]).raas)).toBe(25);
    });

    test('one that is absent when it is too late to send is looked for three times and left to a person', async () => {
      const { draft } = await createDraft();
      const { raas, calls } = upstream([lostReply], [absent]);
      await submit(createTools(raas), toCommand(draft));
      skip(900_000);
      for (let look = 0; look < 3; look += 1) {
        expect(await getState(draft)).not.toBe('parked');
        await reconcileWith(raas);
        skip(61_000);
      }
      expect(await getState(draft)).toBe('parked');
      expect(calls).toHaveLength(1);
    });

    test('twenty workers at once look at a case once', async () => {
      const { draft } = await createDraft();
      const { raas, calls } = upstream([lostReply], [absent, present]);
      await submit(createTools(raas), toCommand(draft));
      skip(61_000);
      const counts = await Promise.all(Array.from({ length: 20 }, () => reconcileWith(raas)));
      expect(counts.reduce((sum, count) => sum + count)).toBe(1);
      expect(calls).toHaveLength(1);
    });
  });

  test('every transition has one event, in order, with its actor and cause', async () => {
    const { draft } = await createDraft();
    const { raas } = upstream([lostReply], [{ kind: 'absent' }, { kind: 'present', userId: 'u2' }]);
    await submit(createTools(raas), toCommand(draft));
    skip(61_000);
    await reconcileWith(raas);
    const { id = '' } = (await ledger.findLatest(draft.id)) ?? {};
    const rows = await opened.database
      .select()
      .from(submissionEvents)
      .where(eq(submissionEvents.submissionId, id))
      .orderBy(submissionEvents.sequence);
    expect(rows.map(({ sequence, state, actor, cause }) => [sequence, state, actor, cause])).toEqual([
      [1, 'sending', 'customer', null],
      [2, 'ambiguous', 'customer', 'ECONNRESET'],
      [3, 'reconciling', 'reconciler', null],
      [4, 'succeeded', 'reconciler', 'found'],
    ]);
  });

  describe('whose phone another draft has', () => {
    const HOLD_MS = 3_600_000;
    const failed: UserLookup = { kind: 'failed', isDenied: true, cause: 'HTTP 403' };
    const present: UserLookup = { kind: 'present', userId: 'u1' };
    /** The answers saved again, as by a customer whose card has become too old to be sent. */
    const refresh = async (phone: string, { id, version }: Draft): Promise<Draft> => {
      const content = { steps: complete(phone) };
      expect(await drafts.update({ id, version }, content)).toBe(true);
      return { id, version: version + 1, content };
    };
    /** Two drafts with one phone; the answer to the first one's call was lost. */
    const loseFirst = async () => {
      const phone = newPhone();
      const [first, second] = [(await createDraft(phone)).draft, (await createDraft(phone)).draft];
      const { raas } = upstream([lostReply], [failed, present]);
      expect(await submit(createTools(raas), toCommand(first))).toEqual({ kind: 'working' });
      return { phone, first, second, raas };
    };

    test.each(['ambiguous', 'parked'] as const)(
      'is not sent while the other is %s, and is told for how long',
      async (state) => {
        const { phone, first, second, raas } = await loseFirst();
        if (state === 'parked') {
          skip(61_000);
          await reconcileWith(raas);
        }
        expect(await getState(first)).toBe(state);
        const { calls, raas: up } = upstream([link()]);
        const outcome = await submit(createTools(up), toCommand(second));
        expect(outcome).toMatchObject({ kind: 'phone-held' });
        const { retryAfterMs } = outcome as Extract<typeof outcome, { kind: 'phone-held' }>;
        expect(retryAfterMs).toBeLessThanOrEqual(HOLD_MS);
        expect(retryAfterMs).toBeGreaterThan(HOLD_MS - 70_000);
        expect(await ledger.findLatest(second.id)).toBeUndefined();
        expect(calls).toHaveLength(0);

        skip(retryAfterMs + 1);
        expect(await submit(createTools(up), toCommand(await refresh(phone, second)))).toMatchObject({
          kind: 'linked',
        });
        expect(calls).toHaveLength(1);
        expect(await getState(first)).toBe(state);
        // The first one is still sent at most once, however often its button is pressed.
        expect(await submit(createTools(up), toCommand(first))).toEqual({ kind: 'working' });
        expect(calls).toHaveLength(1);
      },
    );

    test('is sent once when twenty drafts with the phone are pressed as it becomes free', async () => {
      const { phone, first } = await loseFirst();
      skip(HOLD_MS + 1);
      const competitors = await Promise.all(Array.from({ length: 20 }, () => createDraft(phone)));
      const { calls, raas } = upstream([lostReply], undefined, 50);
      const outcomes = await Promise.all(competitors.map(({ draft }) => submit(createTools(raas), toCommand(draft))));
      expect(calls).toHaveLength(1);
      expect(outcomes.filter(({ kind }) => kind === 'phone-held')).toHaveLength(19);
      expect(await getState(first)).toBe('ambiguous');
    });

    test('is sent when only the e-mail is the same: an e-mail keeps no other draft back', async () => {
      const withEmail = async (email: string) => {
        const steps = complete(newPhone());
        const identity = {
          ...steps.identity,
          savedAt: now().toISOString(),
          input: { ...steps.identity?.input, email },
        };
        return readDraft(await drafts.create({ steps: { ...steps, identity } }));
      };
      const [first, second] = [await withEmail('ana@example.com'), await withEmail('ANA@example.com')];
      expect(await submit(createTools(upstream([lostReply]).raas), toCommand(first))).toEqual({ kind: 'working' });
      const { calls, raas } = upstream([link()]);
      expect(await submit(createTools(raas), toCommand(second))).toMatchObject({ kind: 'linked' });
      expect(calls.map(({ email }) => email)).toEqual(['ANA@example.com']);
    });

    test('an operator lets it be sent again only when no other draft has the phone', async () => {
      const submissionAdmin = createSubmissionAdmin(opened.database, keys, now);
      const { phone, first, second, raas } = await loseFirst();
      skip(61_000);
      await reconcileWith(raas);
      const { id = '' } = (await ledger.findLatest(first.id)) ?? {};
      skip(HOLD_MS);
      const competitor = await refresh(phone, second);
      const down = upstream([{ kind: 'answered', status: 401 }]);
      expect(await submit(createTools(down.raas), toCommand(competitor))).toEqual({ kind: 'not-sent' });
      expect(await submissionAdmin.resolve(id, 'again')).toBe('phone-held');
      expect(await getState(first)).toBe('parked');

      await submit(createTools(upstream([refusal]).raas), toCommand(competitor));
      expect(await submissionAdmin.resolve(id, 'again')).toBe('resolved');
      // It has the phone again, as its first call had.
      const up = upstream([link()]);
      const corrected = await refresh(phone, competitor);
      expect(await submit(createTools(up.raas), toCommand(corrected))).toEqual({
        kind: 'phone-held',
        retryAfterMs: 60_000,
      });
      expect(await submit(createTools(up.raas), toCommand(await refresh(phone, first)))).toMatchObject({
        kind: 'linked',
      });
      expect(up.calls).toHaveLength(1);
    });

    test('a submission that has lost the phone makes no call while another one has it', async () => {
      const { phone, first, second } = await loseFirst();
      skip(HOLD_MS + 1);
      const [ambiguous] = (await ledger.claimDue(100)).filter(({ draftId }) => draftId === first.id);
      await submit(createTools(upstream([lostReply]).raas), toCommand(await refresh(phone, second)));
      if (!ambiguous) throw new Error('not taken');
      expect(await ledger.recordNotSent(ambiguous, { actor: 'reconciler' })).toBe(true);
      expect(await ledger.claim(ambiguous, 'absent', { actor: 'reconciler' })).toBeUndefined();
      skip(31_000);
      const { calls, raas } = upstream([link()]);
      expect(await submit(createTools(raas), toCommand(await refresh(phone, first)))).toMatchObject({
        kind: 'phone-held',
      });
      expect(calls).toHaveLength(0);
    });
  });

  test('while the breaker is open nothing is called, the answers are kept, and the page comes at once', async () => {
    const upstreamGuard = createUpstreamGuard({ ...ADMIT_ALL, failuresInARow: 2, cooldownMs: 1_500 }, () => {});
    const down = upstream([neverSent]);
    const { draft } = await createDraft();
    await submit(createTools(down.raas, upstreamGuard), toCommand(draft));
    expect(down.calls).toHaveLength(2);
    const { draft: next } = await createDraft();
    const start = performance.now();
    expect(await submit(createTools(down.raas, upstreamGuard), toCommand(next))).toEqual({ kind: 'not-sent' });
    expect(performance.now() - start).toBeLessThan(100);
    expect(down.calls).toHaveLength(2);
    expect(await ledger.findLatest(next.id)).toMatchObject({ state: 'received', isBusy: false });
    await expect
      .poll(() => submit(createTools(upstream([link()]).raas, upstreamGuard), toCommand(next)), { timeout: 4_000 })
      .toMatchObject({
        kind: 'linked',
      });
  });
});

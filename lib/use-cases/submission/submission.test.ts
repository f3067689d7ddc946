import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { type LimitPoints, limitNames } from '../../config/rate-limits.ts';
import { systemRuntime } from '../../config/runtime.ts';
import { createKeys, dataKey } from '../../crypto/encryption.ts';
import type { SavedSteps } from '../../domain/journey.ts';
import { sampleConsent, sampleContext, sampleInputs, sampleSpelling } from '../../domain/sample-answers.ts';
import type { SessionLinkRequest } from '../../domain/session-link-request.ts';
import type { Reply } from '../../domain/upstream-responses/judge.ts';
import type { OpenDatabase } from '../../store/database.ts';
import { type Draft, type Drafts, draftStore } from '../../store/drafts.ts';
import { openPglite } from '../../store/embedded-database.ts';
import { type Ledger, ledgerStore } from '../../store/ledger.ts';
import { type Limits, limitStore } from '../../store/limits.ts';
import { operations } from '../../store/operations.ts';
import { submissionEvents, submissions } from '../../store/schema.ts';
import { openTestPostgres } from '../../store/test-database.ts';
import { openAdmission } from '../../upstream/admission.ts';
import type { Raas, UserLookup } from '../../upstream/raas.ts';
import { notCounted } from '../customer/save-partial-step.ts';
import { saveStep } from '../customer/save-step.ts';
import { countCall } from './count-call.ts';
import { reconcile } from './reconcile.ts';
import { PHONE_DELAY_MS, submit } from './submit.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-submission-'));
const keys = createKeys([dataKey('a', randomBytes(32))]);
const LINK = 'https://links.example/a';
const link = (url = LINK): Reply => ({ kind: 'answered', status: 200, link: url });
const lost: Reply = { kind: 'failed', sent: true, cause: 'ECONNRESET' };
const refusal: Reply = { kind: 'answered', status: 400, code: 'ERROR_INVALID_SCHEMA' };
const duplicate: Reply = { kind: 'answered', status: 400, code: 'ERROR_USER_ALREADY_ENROLLED' };
const neverSent: Reply = { kind: 'failed', sent: false, cause: 'ECONNREFUSED' };
const ADMIT_ALL = {
  ...{ failuresInARow: 1_000, failurePercent: 100, rest: 10_000 },
  ...{ calls: 64, queue: 64, queueWait: 2_000 },
};

/** Room for three of everything. */
const ROOM = 3;
const samplePoints = Object.fromEntries(limitNames.map((name) => [name, ROOM])) as LimitPoints;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['PGlite', () => openPglite(folder)],
  ['Postgres', () => openTestPostgres(inject('postgresUrl'))],
])('a submission on %s', (_name, open) => {
  let opened: OpenDatabase;
  let drafts: Drafts;
  let ledger: Ledger;
  let limits: Limits;
  let skipped = 0;
  const now = () => new Date(Date.now() + skipped);
  const skip = (ms: number) => {
    skipped += ms;
  };

  beforeAll(async () => {
    opened = await open();
    drafts = draftStore(opened.database, keys, now);
    ledger = ledgerStore(opened.database, keys, now, { lease: 30_000, firstLook: 60_000, hold: 3_600_000 });
    limits = limitStore(opened.database, keys, samplePoints, now, expect.fail);
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
  const draftOf = async (phone = newPhone()): Promise<{ draft: Draft; token: string }> => {
    const token = await drafts.create({ steps: complete(phone) });
    const draft = await drafts.find(token);
    if (!draft) throw new Error('no draft');
    return { draft, token };
  };
  const reread = async (token: string): Promise<Draft> => {
    const draft = await drafts.find(token);
    if (!draft) throw new Error('no draft');
    return draft;
  };

  /** An upstream that answers the calls in turn (the last answer for ever) and the looks in turn. */
  function upstream(answers: readonly Reply[], looks: readonly UserLookup[] = [{ kind: 'absent' }], ms = 10) {
    const calls: SessionLinkRequest[] = [];
    let looked = 0;
    const raas: Raas = {
      async createSessionLink(request, within, canSend = () => true) {
        if (within <= 0 || !canSend()) return { kind: 'failed', sent: false, cause: 'ClaimExpired' };
        calls.push(request);
        const answer = answers[Math.min(calls.length, answers.length) - 1];
        await new Promise((done) => setTimeout(done, ms));
        return answer as Reply;
      },
      async findUser() {
        looked += 1;
        return looks[Math.min(looked, looks.length) - 1] as UserLookup;
      },
      async enrolledSessionLink(userId) {
        return link(`https://links.example/${userId}`);
      },
    };
    return { calls, raas };
  }
  const events: string[] = [];
  const tools = (raas: Raas, admission = openAdmission(ADMIT_ALL, () => {})) => ({
    ...systemRuntime,
    ...{ drafts, ledger, raas, admission, now, context: sampleContext },
    sendWindowMs: 25_000,
    ...{ log: ({ event }: { event: string }) => events.push(event), inBackground: () => {} },
    ...{ spelling: sampleSpelling, limits: { total: 5_000, lookup: 500 } },
    countCall: () => ({ refusal: undefined, isDelayed: false, written: Promise.resolve() }),
    mayHaveLostCall: async () => false,
    running: new Map(),
  });
  /** Counted as a customer's own presses are, from an address that nobody else has unless it is given. */
  let addresses = 0;
  const newAddress = () => `203.0.113.${++addresses}`;
  const countedTools = (raas: Raas, address = newAddress()) => ({
    ...tools(raas),
    countCall: (call: { draftId: string; phone: string }) => countCall(limits, { address, ...call }),
  });
  const settleWith = (raas: Raas) =>
    reconcile({
      ...tools(raas),
      limits: { looks: 120_000, park: 900_000, total: 5_000, lookup: 500 },
    });
  const order = (draft: Draft) => ({ draft, lang: 'en', callLocation: undefined, consent: sampleConsent }) as const;
  const stateOf = async (draft: Draft) => (await ledger.latest(draft.id))?.state;

  test('what was agreed to is kept with the submission, and the latest button counts', async () => {
    const desk = operations(opened.database, keys, now);
    const { draft } = await draftOf();
    await submit(tools(upstream([neverSent]).raas), order(draft));
    const id = (await ledger.latest(draft.id))?.id ?? '';
    expect((await desk.find(id))[0]?.consent).toEqual(sampleConsent);
    const spanish = { ...sampleConsent, hash: 'ab'.repeat(32), lang: 'es' } as const;
    await submit(tools(upstream([link()]).raas), { ...order(draft), consent: spanish });
    expect(await desk.find(id)).toMatchObject([{ state: 'succeeded', consent: spanish }]);
  });

  test.each([
    [link(), { kind: 'linked', link: LINK }],
    [refusal, { kind: 'refused', step: undefined }],
    [{ ...refusal, code: 'INVALID_PHONE_NUMBER' } as Reply, { kind: 'refused', step: 'identity' }],
    [lost, { kind: 'working' }],
  ] as const)('twenty submits at once make one call and end alike: %j', async (answer, outcome) => {
    const { draft } = await draftOf();
    const { calls, raas } = upstream([answer], undefined, 50);
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => submit(tools(raas), order(draft))));
    expect(calls).toHaveLength(1);
    expect(outcomes).toEqual(Array.from({ length: 20 }, () => outcome));
    expect(await submit(tools(raas), order(draft))).toEqual(outcome);
    expect(calls).toHaveLength(1);
  });

  test.each([
    [0, 'absent'],
    [60_000, 'unknown'],
  ])('a look %i ms before the claim leaves it %s whether somebody was there', async (ms, precheck) => {
    const { draft } = await draftOf();
    const { raas } = upstream([lost]);
    const findUser: Raas['findUser'] = async () => {
      skip(ms);
      return { kind: 'absent' };
    };
    await submit(tools({ ...raas, findUser }), order(draft));
    const [row] = await opened.database.select().from(submissions).where(eq(submissions.draftId, draft.id));
    expect(row).toMatchObject({ attempt: 1, precheck });
  });

  test('after a refusal the same answers are not sent again, changed ones are', async () => {
    const { draft } = await draftOf();
    const refusing = upstream([refusal]);
    await submit(tools(refusing.raas), order(draft));
    await submit(tools(refusing.raas), order(draft));
    expect(refusing.calls).toHaveLength(1);
    await drafts.update(draft, draft.content);
    const changed = { ...draft, version: draft.version + 1 };
    expect(await submit(tools(upstream([link()]).raas), order(changed))).toEqual({ kind: 'linked', link: LINK });
  });

  test('a refusal takes its time, so that its speed tells nothing', async () => {
    const { draft } = await draftOf();
    const start = performance.now();
    await submit(tools(upstream([duplicate], undefined, 1).raas), order(draft));
    expect(performance.now() - start).toBeGreaterThanOrEqual(995);
  });

  test('what never left is called again, once at most, each time as an attempt of its own', async () => {
    const { draft } = await draftOf();
    const down = upstream([neverSent]);
    expect(await submit(tools(down.raas), order(draft))).toMatchObject({ kind: 'not-sent' });
    expect(down.calls).toHaveLength(2);
    const up = upstream([neverSent, link()]);
    expect(await submit(tools(up.raas), order(draft))).toEqual({ kind: 'linked', link: LINK });
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
    const { draft } = await draftOf();
    const { calls, raas } = upstream([answer]);
    const retryAfterMs = 'retryAfterMs' in answer ? answer.retryAfterMs : undefined;
    expect(await submit(tools(raas), order(draft))).toEqual({ kind: 'not-sent', retryAfterMs });
    expect(calls).toHaveLength(times);
    expect(await ledger.latest(draft.id)).toMatchObject({ state: 'received', isBusy: false });
  });

  test('whoever presses with newer answers while the older ones are about to be sent again gets their outcome', async () => {
    const { draft } = await draftOf();
    const busy = upstream([{ kind: 'answered', status: 429, retryAfterMs: 900 }, link()]);
    const first = submit(tools(busy.raas), order(draft));
    await expect.poll(() => ledger.latest(draft.id)).toMatchObject({ state: 'received', isBusy: true });
    await drafts.update(draft, draft.content);
    const changed = { ...draft, version: draft.version + 1 };
    expect(await submit(tools(busy.raas), order(changed))).toEqual({ kind: 'linked', link: LINK });
    expect(await first).toEqual({ kind: 'linked', link: LINK });
    expect(busy.calls).toHaveLength(2);
  });

  test('a changed draft is not sent while an earlier call is of unknown fate', async () => {
    const { draft } = await draftOf();
    await submit(tools(upstream([lost]).raas), order(draft));
    const again = upstream([link()]);
    expect(await submit(tools(again.raas), order({ ...draft, version: draft.version + 1 }))).toEqual({
      kind: 'working',
    });
    expect(again.calls).toHaveLength(0);
  });

  test('the same person from two drafts: one call at a time, and the next one is free when the first has ended', async () => {
    const phone = newPhone();
    const [one, other] = [await draftOf(phone), await draftOf(phone)];
    const slow = upstream([link()], undefined, 400);
    const first = submit(tools(slow.raas), order(one.draft));
    await expect.poll(() => stateOf(one.draft)).toBe('sending');
    expect(await submit(tools(slow.raas), order(other.draft))).toEqual({ kind: 'phone-held', retryAfterMs: 60_000 });
    expect(slow.calls).toHaveLength(1);
    await first;
    expect(await submit(tools(slow.raas), order(other.draft))).toMatchObject({ kind: 'linked' });
  });

  test('answers that were never sent make way for newer ones, and for the same person elsewhere once forgotten', async () => {
    const phone = newPhone();
    const { draft, token } = await draftOf(phone);
    await submit(tools(upstream([{ kind: 'answered', status: 401 }]).raas), order(draft));
    await drafts.update(draft, complete(phone) && draft.content);
    const newer = await reread(token);
    await submit(tools(upstream([{ kind: 'answered', status: 401 }]).raas), order(newer));
    const other = await draftOf(phone);
    const up = upstream([link()]);
    expect(await submit(tools(up.raas), order(other.draft))).toEqual({ kind: 'phone-held', retryAfterMs: 60_000 });
    skip(31_000);
    expect(await submit(tools(up.raas), order(other.draft))).toMatchObject({ kind: 'linked' });
    expect(up.calls).toHaveLength(1);
  });

  test('an unfinished draft is not sent', async () => {
    const { card: _card, ...steps } = complete(newPhone());
    const draft = await reread(await drafts.create({ steps }));
    const { calls, raas } = upstream([refusal]);
    expect(await submit(tools(raas), order(draft))).toEqual({ kind: 'incomplete', open: 'card' });
    expect(calls).toHaveLength(0);
  });

  test('a step saved while the details are on their way changes nothing, be it right or wrong', async () => {
    const { draft, token } = await draftOf();
    await submit(tools(upstream([lost]).raas), order(draft));
    const before = await reread(token);
    const saving = { drafts, ledger, countDraft: notCounted, context: sampleContext, now: now() };
    for (const input of [sampleInputs.identity, { ...sampleInputs.identity, firstName: '' }]) {
      expect(await saveStep(saving, { token, stepId: 'identity', input })).toEqual({ kind: 'held' });
    }
    expect(await reread(token)).toEqual(before);
  });

  test('once delivered, the answers are forgotten, and the link a day later', async () => {
    const { draft, token } = await draftOf();
    await submit(tools(upstream([link()]).raas), order(draft));
    expect((await reread(token)).content).toEqual({ steps: {} });
    expect(await ledger.latest(draft.id)).toMatchObject({ state: 'succeeded', link: LINK });
    skip(24 * 3_600_000 + 1_000);
    await ledger.forgetLinks();
    expect(await ledger.latest(draft.id)).toMatchObject({ state: 'succeeded', link: undefined });
  });

  test('a slow answer hands over to the waiting page, and still arrives', async () => {
    const { draft } = await draftOf();
    const { raas } = upstream([link()], undefined, 4_400);
    const start = performance.now();
    expect(await submit(tools(raas), order(draft))).toEqual({ kind: 'working' });
    expect(performance.now() - start).toBeLessThan(4_300);
    await expect.poll(() => stateOf(draft), { timeout: 3_000 }).toBe('succeeded');
  });

  describe('counted against its limits', () => {
    const press = (raas: Raas, draft: Draft, address?: string) => submit(countedTools(raas, address), order(draft));

    test('an incomplete draft counts for nothing, whoever’s phone it holds', async () => {
      const phone = newPhone();
      const [address, { card: _card, ...steps }] = [newAddress(), complete(phone)];
      const half = await reread(await drafts.create({ steps }));
      const { calls, raas } = upstream([link()]);
      for (let at = 0; at < 10; at += 1)
        expect(await press(raas, half, address)).toEqual({ kind: 'incomplete', open: 'card' });
      expect(await press(raas, (await draftOf(phone)).draft, address)).toMatchObject({ kind: 'linked' });
      expect(calls).toHaveLength(1);
    });

    test('presses of what is under way, delivered or refused count for nothing', async () => {
      const address = newAddress();
      for (const answer of [link(), lost, refusal]) {
        const { draft } = await draftOf();
        const { raas } = upstream([answer], undefined, 50);
        const shared = countedTools(raas, address);
        for (const presses of [5, 5]) {
          const outcomes = await Promise.all(Array.from({ length: presses }, () => submit(shared, order(draft))));
          expect(outcomes.map(({ kind }) => kind)).not.toContain('limited');
        }
      }
      const { kind } = await press(upstream([link()]).raas, (await draftOf()).draft, address);
      expect(kind).toBe('limited');
    });

    test.each([
      ['one address', (): [string, () => Promise<Draft>] => [newAddress(), async () => (await draftOf()).draft]],
      [
        'one draft',
        (): [undefined, () => Promise<Draft>] => {
          const made = draftOf();
          return [undefined, async () => (await made).draft];
        },
      ],
    ])('of %s, so many calls are made and then none, with no look and no row', async (_by, begin) => {
      const [address, nextDraft] = begin();
      const { calls, raas } = upstream([{ kind: 'answered', status: 401 }]);
      let looks = 0;
      const counting: Raas = {
        ...raas,
        findUser(...asked) {
          looks += 1;
          return raas.findUser(...asked);
        },
      };
      const kinds: string[] = [];
      for (let at = 0; at < ROOM + 2; at += 1) kinds.push((await press(counting, await nextDraft(), address)).kind);
      expect(kinds).toEqual([...Array(ROOM).fill('not-sent'), 'limited', 'limited']);
      expect([calls.length, looks]).toEqual([ROOM, ROOM]);
      const refused = await nextDraft();
      const outcome = await press(counting, refused, address);
      expect(outcome).toMatchObject({ kind: 'limited' });
      if (outcome.kind === 'limited') expect(outcome.retryAfterMs).toBeGreaterThan(500_000);
      if (address) expect(await ledger.latest(refused.id)).toBeUndefined();
    });

    test('a burst in one instance makes exactly as many calls as there is room for', async () => {
      const address = newAddress();
      const { calls, raas } = upstream([link()]);
      const made = await Promise.all(Array.from({ length: 5 * ROOM }, () => draftOf()));
      const outcomes = await Promise.all(made.map(({ draft }) => press(raas, draft, address)));
      expect(outcomes.filter(({ kind }) => kind === 'linked')).toHaveLength(ROOM);
      expect(calls).toHaveLength(ROOM);
    });

    test('a phone counts as it is sent, not as it was typed last', async () => {
      const [phone, address] = [newPhone(), newAddress()];
      const { calls, raas } = upstream([link()]);
      const counted = countedTools(raas, address);
      for (let at = 0; at < ROOM + 3; at += 1) {
        const identity = { input: { ...sampleInputs.identity, phoneNumber: newPhone() }, errors: {} };
        const draft = await reread(await drafts.create({ steps: complete(phone), typed: { identity } }));
        await submit(counted, order(draft));
      }
      expect(calls).toHaveLength(ROOM);
    });

    test('whatever strangers do with a phone, its owner is served from another address, seconds later at most', async () => {
      const phone = newPhone();
      const { raas } = upstream([{ kind: 'answered', status: 401 }]);
      for (let at = 0; at < ROOM; at += 1) {
        await press(raas, (await draftOf(phone)).draft);
        skip(31_000);
      }
      const own = upstream([link()]);
      const start = performance.now();
      expect(await press(own.raas, (await draftOf(phone)).draft)).toMatchObject({ kind: 'linked' });
      expect(performance.now() - start).toBeGreaterThanOrEqual(PHONE_DELAY_MS - 5);
      expect(performance.now() - start).toBeLessThan(PHONE_DELAY_MS + 1_500);
    });

    test('seven addresses that press without end stop no other one', async () => {
      const half = await reread(await drafts.create({ steps: {} }));
      const { raas } = upstream([link()]);
      for (let at = 0; at < 7; at += 1) {
        const address = newAddress();
        await Promise.all(Array.from({ length: 100 }, () => press(raas, half, address)));
        await Promise.all(Array.from({ length: 2 * ROOM }, async () => press(raas, (await draftOf()).draft, address)));
      }
      for (let at = 0; at < ROOM; at += 1)
        expect(await press(raas, (await draftOf()).draft)).toMatchObject({ kind: 'linked' });
    });
  });

  describe('of unknown fate', () => {
    const begin = async (looks: readonly UserLookup[], answers: readonly Reply[] = [lost, link()]) => {
      const { draft, token } = await draftOf();
      const world = upstream(answers, looks);
      expect(await submit(tools(world.raas), order(draft))).toEqual({ kind: 'working' });
      return { draft, token, ...world };
    };
    const present: UserLookup = { kind: 'present', userId: 'u1' };
    const absent: UserLookup = { kind: 'absent' };
    const failed: UserLookup = { kind: 'failed', isDenied: true, cause: 'HTTP 403' };

    test('is not looked for before the upstream must be done with it', async () => {
      const { draft, raas } = await begin([absent, present]);
      skip(59_000);
      await settleWith(raas);
      expect(await stateOf(draft)).toBe('ambiguous');
    });

    test('is delivered when nobody was there before the call and somebody is now', async () => {
      const { draft, token, calls, raas } = await begin([absent, present]);
      skip(61_000);
      await settleWith(raas);
      expect(await ledger.latest(draft.id)).toMatchObject({ state: 'succeeded', link: 'https://links.example/u1' });
      expect((await reread(token)).content).toEqual({ steps: {} });
      expect(calls).toHaveLength(1);
    });

    test('is refused neutrally when the person was there before: it could be a stranger’s account', async () => {
      const { draft, calls, raas } = await begin([present, present]);
      skip(61_000);
      await settleWith(raas);
      expect(await ledger.latest(draft.id)).toMatchObject({ state: 'refused', link: undefined });
      expect(calls).toHaveLength(1);
    });

    test('is parked when nobody knows who was there before', async () => {
      const { draft, calls, raas } = await begin([failed, present]);
      skip(61_000);
      await settleWith(raas);
      expect(await ledger.latest(draft.id)).toMatchObject({ state: 'parked', link: undefined });
      expect(calls).toHaveLength(1);
    });

    test.each([
      ['delivered', 'succeeded'],
      ['refused', 'refused'],
      ['again', 'received'],
    ] as const)('is ended by a person as %s, once', async (decision, state) => {
      const { draft, raas } = await begin([failed, present]);
      skip(61_000);
      await settleWith(raas);
      const desk = operations(opened.database, keys, now);
      const { id = '' } = (await ledger.latest(draft.id)) ?? {};
      expect((await desk.list()).map((row) => row.id)).toContain(id);
      expect(await desk.find(id.slice(0, 8).toUpperCase())).toMatchObject([{ id, state: 'parked' }]);
      expect(await desk.resolve(id, decision)).toBe('resolved');
      expect(await desk.resolve(id, decision)).toBe('not-parked');
      expect(await stateOf(draft)).toBe(state);
      expect((await desk.story(id)).at(-1)).toMatchObject({ actor: 'operator', cause: decision, state });
      const again = upstream([link()]);
      const outcome = await submit(tools(again.raas), order(draft));
      expect(again.calls).toHaveLength(decision === 'again' ? 1 : 0);
      if (decision === 'again') expect(outcome).toMatchObject({ kind: 'linked' });
    });

    test('is sent once more after three looks over two minutes found nobody', async () => {
      const { draft, calls, raas } = await begin([absent]);
      skip(61_000);
      for (const looks of [1, 2]) {
        await settleWith(raas);
        expect([looks, await stateOf(draft), calls.length]).toEqual([looks, 'reconciling', 1]);
        await settleWith(raas);
        skip(61_000);
      }
      await settleWith(raas);
      expect(await stateOf(draft)).toBe('succeeded');
      expect(calls).toHaveLength(2);
      expect(calls[1]).toEqual(calls[0]);
    });

    test('is parked when it is lost twice', async () => {
      const { draft, calls, raas } = await begin([absent], [lost]);
      skip(61_000);
      for (let look = 0; look < 6; look += 1) {
        await settleWith(raas);
        skip(61_000);
      }
      expect(await stateOf(draft)).toBe('parked');
      expect(calls).toHaveLength(2);
    });

    test('a duplicate answer to the repeat is its own trace: the link is found', async () => {
      const { draft, calls, raas } = await begin([absent, absent, absent, absent, present], [lost, duplicate]);
      skip(61_000);
      for (let look = 0; look < 4; look += 1) {
        await settleWith(raas);
        skip(61_000);
      }
      expect(await ledger.latest(draft.id)).toMatchObject({ state: 'succeeded', link: 'https://links.example/u1' });
      expect(calls).toHaveLength(2);
    });

    test('a card that has waited too long is not sent again but asked for again', async () => {
      const { draft, calls, raas } = await begin([absent]);
      await opened.database.execute(`update submissions set sendable_until = now() where draft_id = '${draft.id}'`);
      skip(61_000);
      for (let look = 0; look < 3; look += 1) {
        await settleWith(raas);
        skip(61_000);
      }
      expect(await ledger.latest(draft.id)).toMatchObject({ state: 'received', isBusy: false });
      expect(calls).toHaveLength(1);
    });

    test('is parked after fifteen minutes without a look that worked', async () => {
      const { draft, calls, raas } = await begin([failed]);
      skip(61_000);
      await settleWith(raas);
      expect(await stateOf(draft)).toBe('reconciling');
      skip(900_000);
      await settleWith(raas);
      expect(await stateOf(draft)).toBe('parked');
      expect(calls).toHaveLength(1);
    });

    test('a call whose process died is found after its lease, and a late word of that process changes nothing', async () => {
      const { draft } = await draftOf();
      const { raas } = upstream([link()], [present]);
      const request = { phoneNumber: newPhone() } as SessionLinkRequest;
      const claim = await ledger.begin({ draft, request, consent: sampleConsent, sendableUntil: undefined }, 'absent');
      if (!claim) throw new Error('no claim');
      await settleWith(raas);
      expect(await stateOf(draft)).toBe('sending');
      skip(31_000);
      await settleWith(raas);
      expect(await stateOf(draft)).toBe('ambiguous');
      expect(
        await ledger.finish(
          { ...claim, draftId: draft.id },
          { state: 'refused', outcome: 'refused' },
          { actor: 'customer' },
        ),
      ).toBe(false);
      skip(61_000);
      await settleWith(raas);
      expect(await stateOf(draft)).toBe('succeeded');
    });

    test.each([
      ['the look', 'begin'],
      ['a slow look', 'claim'],
    ] as const)(
      'a claim after %s whose answer is late is not used, and the reconciler is the only one who calls',
      async (_what, statement) => {
        const { draft } = await draftOf();
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
        const slow: Raas = {
          ...raas,
          async findUser(...asked) {
            if (statement === 'claim') await new Promise((done) => setTimeout(done, 300));
            return raas.findUser(...asked);
          },
        };
        const end = submit({ ...tools(slow), ledger: late }, order(draft));
        await reached.promise;
        expect(await stateOf(draft)).toBe('sending');
        skip(31_000);
        for (let look = 0; look < 4; look += 1) {
          await settleWith(raas);
          skip(61_000);
          await settleWith(raas);
        }
        expect(await stateOf(draft)).toBe('succeeded');
        expect(calls).toHaveLength(1);
        released.resolve();
        // Not that nothing was sent: what the other instance did counts, or the waiting page on a busy machine.
        expect(['linked', 'working']).toContain((await end).kind);
        await expect.poll(() => events.filter((event) => event === 'submission.called').length).toBeGreaterThan(1);
        expect(calls).toHaveLength(1);
        expect(await ledger.latest(draft.id)).toMatchObject({ state: 'succeeded', link: LINK });
      },
    );

    test('is parked when another draft called for the same person between the look and the call', async () => {
      const phone = newPhone();
      const [mine, other] = [await draftOf(phone), await draftOf(phone)];
      const { raas, calls } = upstream([lost], [absent, present]);
      const outrun: Raas = {
        ...raas,
        async findUser(...asked) {
          const found = await raas.findUser(...asked);
          await submit(tools(upstream([link()]).raas), order(other.draft));
          return found;
        },
      };
      expect(await submit(tools(outrun), order(mine.draft))).toEqual({ kind: 'working' });
      expect(calls).toHaveLength(1);
      skip(61_000);
      await settleWith(raas);
      expect(await ledger.latest(mine.draft.id)).toMatchObject({ state: 'parked', link: undefined });
    });

    test('is delivered when the other draft’s call is proved not to have been processed', async () => {
      const phone = newPhone();
      const [mine, other] = [await draftOf(phone), await draftOf(phone)];
      await submit(tools(upstream([{ kind: 'answered', status: 401 }]).raas), order(other.draft));
      skip(31_000);
      const { raas } = upstream([lost], [absent, present]);
      expect(await submit(tools(raas), order(mine.draft))).toEqual({ kind: 'working' });
      expect(await stateOf(other.draft)).toBeUndefined(); // it made way
      skip(61_000);
      await settleWith(raas);
      expect(await stateOf(mine.draft)).toBe('succeeded');
    });

    test('a slow look does not keep the intent waiting, and is still what the claim rests on', async () => {
      const { draft } = await draftOf();
      const { raas } = upstream([lost], [absent, present]);
      const slow: Raas = {
        ...raas,
        async findUser(...asked) {
          await new Promise((done) => setTimeout(done, 600));
          return raas.findUser(...asked);
        },
      };
      const end = submit(tools(slow), order(draft));
      await expect.poll(() => ledger.latest(draft.id)).toMatchObject({ state: 'received', isBusy: true });
      expect(await end).toEqual({ kind: 'working' });
      skip(61_000);
      await settleWith(raas);
      expect(await stateOf(draft)).toBe('succeeded');
    });

    test.each(['present', 'failed'] as const)(
      'after a fail-over that may have lost its row: a person who is %s is not called for and not refused',
      async (kind) => {
        const { draft } = await draftOf();
        const found: UserLookup =
          kind === 'present' ? { kind, userId: 'u1' } : { kind, cause: 'HTTP 500', isDenied: false };
        const { raas, calls } = upstream([link()], [found, present]);
        const asked: unknown[] = [];
        const mayHaveLostCall = async (call: object) => asked.push(call) > 0;
        const outcome = await submit({ ...tools(raas), mayHaveLostCall }, order(draft));
        expect(outcome).toEqual({ kind: 'working' });
        expect(asked).toEqual([{ draftId: draft.id, phone: expect.stringContaining('55') }]);
        skip(61_000);
        await settleWith(raas);
        expect(calls).toEqual([]);
        expect(await ledger.latest(draft.id)).toMatchObject({ state: 'parked' });
      },
    );

    test('a backlog is worked off in one round, and nobody in it is parked without a look', async () => {
      const found = await Promise.all(Array.from({ length: 25 }, () => draftOf()));
      for (const { draft } of found) await submit(tools(upstream([lost], [absent]).raas), order(draft));
      skip(900_000);
      expect(await settleWith(upstream([], [present]).raas)).toBe(25);
      for (const { draft } of found) expect(await stateOf(draft)).toBe('succeeded');
    });

    test('a round ends with the batch in which the upstream does not answer', async () => {
      const found = await Promise.all(Array.from({ length: 25 }, () => draftOf()));
      for (const { draft } of found) await submit(tools(upstream([lost], [absent]).raas), order(draft));
      skip(61_000);
      expect(await settleWith(upstream([], [{ kind: 'failed', cause: 'HTTP 500', isDenied: false }]).raas)).toBe(10);
      skip(61_000);
      expect(await settleWith(upstream([], [present]).raas)).toBe(25);
    });

    test('one that is absent when it is too late to send is looked for three times and left to a person', async () => {
      const { draft } = await draftOf();
      const { raas, calls } = upstream([lost], [absent]);
      await submit(tools(raas), order(draft));
      skip(900_000);
      for (let look = 0; look < 3; look += 1) {
        expect(await stateOf(draft)).not.toBe('parked');
        await settleWith(raas);
        skip(61_000);
      }
      expect(await stateOf(draft)).toBe('parked');
      expect(calls).toHaveLength(1);
    });

    test('twenty workers at once look at a case once', async () => {
      const { draft } = await draftOf();
      const { raas, calls } = upstream([lost], [absent, present]);
      await submit(tools(raas), order(draft));
      skip(61_000);
      const looked = await Promise.all(Array.from({ length: 20 }, () => settleWith(raas)));
      expect(looked.reduce((sum, count) => sum + count)).toBe(1);
      expect(calls).toHaveLength(1);
    });
  });

  test('every transition has one event, in order, with its actor and cause', async () => {
    const { draft } = await draftOf();
    const { raas } = upstream([lost], [{ kind: 'absent' }, { kind: 'present', userId: 'u2' }]);
    await submit(tools(raas), order(draft));
    skip(61_000);
    await settleWith(raas);
    const { id = '' } = (await ledger.latest(draft.id)) ?? {};
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
      const [first, second] = [(await draftOf(phone)).draft, (await draftOf(phone)).draft];
      const { raas } = upstream([lost], [failed, present]);
      expect(await submit(tools(raas), order(first))).toEqual({ kind: 'working' });
      return { phone, first, second, raas };
    };

    test.each(['ambiguous', 'parked'] as const)(
      'is not sent while the other is %s, and is told for how long',
      async (state) => {
        const { phone, first, second, raas } = await loseFirst();
        if (state === 'parked') {
          skip(61_000);
          await settleWith(raas);
        }
        expect(await stateOf(first)).toBe(state);
        const { calls, raas: up } = upstream([link()]);
        const held = await submit(tools(up), order(second));
        expect(held).toMatchObject({ kind: 'phone-held' });
        const { retryAfterMs } = held as Extract<typeof held, { kind: 'phone-held' }>;
        expect(retryAfterMs).toBeLessThanOrEqual(HOLD_MS);
        expect(retryAfterMs).toBeGreaterThan(HOLD_MS - 70_000);
        expect(await ledger.latest(second.id)).toBeUndefined();
        expect(calls).toHaveLength(0);

        skip(retryAfterMs + 1);
        expect(await submit(tools(up), order(await refresh(phone, second)))).toMatchObject({ kind: 'linked' });
        expect(calls).toHaveLength(1);
        expect(await stateOf(first)).toBe(state);
        // The first one is still sent at most once, however often its button is pressed.
        expect(await submit(tools(up), order(first))).toEqual({ kind: 'working' });
        expect(calls).toHaveLength(1);
      },
    );

    test('is sent once when twenty drafts with the phone are pressed as it becomes free', async () => {
      const { phone, first } = await loseFirst();
      skip(HOLD_MS + 1);
      const rivals = await Promise.all(Array.from({ length: 20 }, () => draftOf(phone)));
      const { calls, raas } = upstream([lost], undefined, 50);
      const outcomes = await Promise.all(rivals.map(({ draft }) => submit(tools(raas), order(draft))));
      expect(calls).toHaveLength(1);
      expect(outcomes.filter(({ kind }) => kind === 'phone-held')).toHaveLength(19);
      expect(await stateOf(first)).toBe('ambiguous');
    });

    test('is sent when only the e-mail is the same: an e-mail keeps no other draft back', async () => {
      const withEmail = async (email: string) => {
        const steps = complete(newPhone());
        const identity = {
          ...steps.identity,
          savedAt: now().toISOString(),
          input: { ...steps.identity?.input, email },
        };
        return reread(await drafts.create({ steps: { ...steps, identity } }));
      };
      const [first, second] = [await withEmail('ana@example.com'), await withEmail('ANA@example.com')];
      expect(await submit(tools(upstream([lost]).raas), order(first))).toEqual({ kind: 'working' });
      const { calls, raas } = upstream([link()]);
      expect(await submit(tools(raas), order(second))).toMatchObject({ kind: 'linked' });
      expect(calls.map(({ email }) => email)).toEqual(['ANA@example.com']);
    });

    test('an operator lets it be sent again only when no other draft has the phone', async () => {
      const desk = operations(opened.database, keys, now);
      const { phone, first, second, raas } = await loseFirst();
      skip(61_000);
      await settleWith(raas);
      const { id = '' } = (await ledger.latest(first.id)) ?? {};
      skip(HOLD_MS);
      const rival = await refresh(phone, second);
      const down = upstream([{ kind: 'answered', status: 401 }]);
      expect(await submit(tools(down.raas), order(rival))).toEqual({ kind: 'not-sent' });
      expect(await desk.resolve(id, 'again')).toBe('phone-held');
      expect(await stateOf(first)).toBe('parked');

      await submit(tools(upstream([refusal]).raas), order(rival));
      expect(await desk.resolve(id, 'again')).toBe('resolved');
      // It has the phone again, as its first call had.
      const up = upstream([link()]);
      const corrected = await refresh(phone, rival);
      expect(await submit(tools(up.raas), order(corrected))).toEqual({ kind: 'phone-held', retryAfterMs: 60_000 });
      expect(await submit(tools(up.raas), order(await refresh(phone, first)))).toMatchObject({ kind: 'linked' });
      expect(up.calls).toHaveLength(1);
    });

    test('a submission that has lost the phone makes no call while another one has it', async () => {
      const { phone, first, second } = await loseFirst();
      skip(HOLD_MS + 1);
      const [taken] = (await ledger.take(100)).filter(({ draftId }) => draftId === first.id);
      await submit(tools(upstream([lost]).raas), order(await refresh(phone, second)));
      if (!taken) throw new Error('not taken');
      expect(await ledger.clear(taken, { actor: 'reconciler' })).toBe(true);
      expect(await ledger.claim(taken, 'absent', { actor: 'reconciler' })).toBeUndefined();
      skip(31_000);
      const { calls, raas } = upstream([link()]);
      expect(await submit(tools(raas), order(await refresh(phone, first)))).toMatchObject({ kind: 'phone-held' });
      expect(calls).toHaveLength(0);
    });
  });

  test('while the breaker is open nothing is called, the answers are kept, and the page comes at once', async () => {
    const admission = openAdmission({ ...ADMIT_ALL, failuresInARow: 2, rest: 1_500 }, () => {});
    const down = upstream([neverSent]);
    const { draft } = await draftOf();
    await submit(tools(down.raas, admission), order(draft));
    expect(down.calls).toHaveLength(2);
    const { draft: next } = await draftOf();
    const start = performance.now();
    expect(await submit(tools(down.raas, admission), order(next))).toEqual({ kind: 'not-sent' });
    expect(performance.now() - start).toBeLessThan(100);
    expect(down.calls).toHaveLength(2);
    expect(await ledger.latest(next.id)).toMatchObject({ state: 'received', isBusy: false });
    await expect
      .poll(() => submit(tools(upstream([link()]).raas, admission), order(next)), { timeout: 4_000 })
      .toMatchObject({
        kind: 'linked',
      });
  });
});

import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { composeRequest } from '../domain/compose-request.ts';
import type { SavedSteps } from '../domain/journey.ts';
import { sampleContext, sampleInputs } from '../domain/sample-answers.ts';
import type { StepId } from '../domain/steps/index.ts';
import { saveStep } from '../onboarding/save-step.ts';
import { submit } from '../onboarding/submit.ts';
import type { Raas } from '../upstream/raas.ts';
import { type OpenDatabase, openPglite, openPostgres } from './database.ts';
import { DRAFT_DAYS, type Drafts, draftStore } from './drafts.ts';
import { type Submissions, submissionStore } from './submissions.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-store-'));
const keys = [{ id: 'a', key: randomBytes(32) }];
const DAY = 86_400_000;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['PGlite', () => openPglite(folder)],
  ['Postgres', () => openPostgres(inject('postgresUrl'))],
])('the store on %s', (_name, open) => {
  let opened: OpenDatabase;
  let clock = Date.parse('2026-11-22T12:00:00Z');
  let drafts: Drafts;
  let submissions: Submissions;
  const now = () => new Date(clock);

  beforeAll(async () => {
    opened = await open();
    drafts = draftStore(opened.database, keys, now);
    submissions = submissionStore(opened.database, keys, now);
  });
  afterAll(() => opened.close());

  const complete = (): SavedSteps =>
    Object.fromEntries(
      Object.entries(sampleInputs).map(([id, input]) => [id, { input, savedAt: now().toISOString() }]),
    ) as SavedSteps;
  const find = async (token: string) => {
    const draft = await drafts.find(token);
    if (!draft) throw new Error('no draft');
    return draft;
  };

  test('keeps a draft for whoever has its token, and for nobody else', async () => {
    const token = await drafts.create({ steps: complete() });
    expect(Buffer.from(token, 'base64url').length * 8).toBeGreaterThanOrEqual(128);
    expect((await find(token)).content.steps).toEqual(complete());
    expect(await drafts.find(`${token}x`)).toBeUndefined();
  });

  test('a save over a version that is no longer the last one is refused', async () => {
    const draft = await find(await drafts.create({ steps: {} }));
    expect(await drafts.update(draft, { steps: complete() })).toBe(true);
    expect(await drafts.update(draft, { steps: {} })).toBe(false);
  });

  test('steps that two tabs save at once are all kept', async () => {
    const token = await drafts.create({ steps: {} });
    const ids: StepId[] = ['identity', 'address', 'payment', 'card'];
    const tools = { drafts, submissions, context: sampleContext, now: now() };
    await Promise.all(ids.map((stepId) => saveStep(tools, { token, stepId, input: sampleInputs[stepId] })));
    expect(Object.keys((await find(token)).content.steps).sort()).toEqual([...ids].sort());
  });

  test('a draft that nobody touched for its days is gone', async () => {
    const token = await drafts.create({ steps: complete() });
    clock += DRAFT_DAYS * DAY - 1;
    expect(await drafts.find(token)).toBeDefined();
    clock += 1;
    expect(await drafts.find(token)).toBeUndefined();
  });

  function upstream(answer: Awaited<ReturnType<Raas['createSessionLink']>>, ms = 50) {
    const calls: unknown[] = [];
    const raas: Raas = {
      async createSessionLink(request) {
        calls.push(request);
        await new Promise((done) => setTimeout(done, ms));
        return answer;
      },
    };
    return { calls, raas };
  }
  const tools = (raas: Raas) => ({
    ...{ drafts, submissions, raas, context: sampleContext, log: () => {} },
    ...{ spelling: { mexicanMobile: 'documented' } as const, now: () => new Date() },
  });
  const realTime = () => {
    clock = Date.now();
  };

  test.each([
    [
      { kind: 'link', link: 'https://links.example/a' },
      { kind: 'linked', link: 'https://links.example/a' },
    ],
    [{ kind: 'refused', cause: 'HTTP 400' }, { kind: 'refused' }],
    [{ kind: 'unknown', cause: 'HTTP 500' }, { kind: 'unknown' }],
  ] as const)('twenty submits at once make one call and end alike: %j', async (answer, outcome) => {
    realTime();
    const draft = await find(await drafts.create({ steps: complete() }));
    const { calls, raas } = upstream(answer);
    const order = { draft, lang: 'en', callLocation: undefined } as const;
    const outcomes = await Promise.all(Array.from({ length: 20 }, () => submit(tools(raas), order)));
    expect(calls).toHaveLength(1);
    expect(outcomes).toEqual(Array.from({ length: 20 }, () => outcome));
    expect(await submit(tools(raas), order)).toEqual(outcome);
    expect(calls).toHaveLength(1);
  });

  test('after a refusal the same answers are not sent again, changed ones are', async () => {
    realTime();
    const draft = await find(await drafts.create({ steps: complete() }));
    const refusing = upstream({ kind: 'refused', cause: 'HTTP 400' });
    const order = { draft, lang: 'en', callLocation: undefined } as const;
    await submit(tools(refusing.raas), order);
    await submit(tools(refusing.raas), order);
    expect(refusing.calls).toHaveLength(1);
    await drafts.update(draft, draft.content);
    const { raas } = upstream({ kind: 'link', link: 'https://links.example/b' });
    const changed = { ...order, draft: { ...draft, version: draft.version + 1 } };
    expect(await submit(tools(raas), changed)).toEqual({ kind: 'linked', link: 'https://links.example/b' });
  });

  test('what never left may be sent again', async () => {
    realTime();
    const draft = await find(await drafts.create({ steps: complete() }));
    const order = { draft, lang: 'en', callLocation: undefined } as const;
    const down = upstream({ kind: 'not-sent', cause: 'ECONNREFUSED' });
    expect(await submit(tools(down.raas), order)).toEqual({ kind: 'not-sent' });
    const up = upstream({ kind: 'link', link: 'https://links.example/c' });
    expect(await submit(tools(up.raas), order)).toEqual({ kind: 'linked', link: 'https://links.example/c' });
  });

  test('a changed draft is not sent while an earlier call is of unknown fate', async () => {
    realTime();
    const draft = await find(await drafts.create({ steps: complete() }));
    const lost = upstream({ kind: 'unknown', cause: 'ECONNRESET' });
    await submit(tools(lost.raas), { draft, lang: 'en', callLocation: undefined });
    const again = upstream({ kind: 'link', link: 'https://links.example/d' });
    const changed = { ...draft, version: draft.version + 1 };
    expect(await submit(tools(again.raas), { draft: changed, lang: 'en', callLocation: undefined })).toEqual({
      kind: 'unknown',
    });
    expect(again.calls).toHaveLength(0);
  });

  test('a call whose process died is of unknown fate after its lease', async () => {
    realTime();
    const draft = await find(await drafts.create({ steps: complete() }));
    expect(await submissions.claim(draft)).toBeDefined();
    expect((await submissions.latest(draft.id))?.state).toBe('sending');
    clock += 31_000;
    expect((await submissions.latest(draft.id))?.state).toBe('unknown');
    expect(await submissions.claim(draft)).toBeUndefined();
  });

  test('an unfinished draft is not sent', async () => {
    realTime();
    const { card: _card, ...steps } = complete();
    const draft = await find(await drafts.create({ steps }));
    const { calls, raas } = upstream({ kind: 'refused', cause: '' });
    expect(await submit(tools(raas), { draft, lang: 'en', callLocation: undefined })).toEqual({
      kind: 'incomplete',
      open: 'card',
    });
    expect(calls).toHaveLength(0);
  });

  test('a step saved while the details are on their way changes nothing, be it right or wrong', async () => {
    realTime();
    const token = await drafts.create({ steps: complete() });
    const before = await find(token);
    await submissions.claim(before);
    const saving = { drafts, submissions, context: sampleContext, now: now() };
    for (const input of [sampleInputs.identity, { ...sampleInputs.identity, firstName: '' }]) {
      expect(await saveStep(saving, { token, stepId: 'identity', input })).toEqual({ kind: 'held' });
    }
    expect(await find(token)).toEqual(before);
  });

  test('once delivered, the answers are forgotten and the link stays for its own customer', async () => {
    realTime();
    const token = await drafts.create({ steps: complete() });
    const { raas } = upstream({ kind: 'link', link: 'https://links.example/e' });
    await submit(tools(raas), { draft: await find(token), lang: 'en', callLocation: undefined });
    const { id, content } = await find(token);
    expect(content).toEqual({ steps: {} });
    expect(await submissions.latest(id)).toMatchObject({ state: 'succeeded', link: 'https://links.example/e' });
  });
});

test('nothing that was typed, no link and no token lies readable in the data folder', async () => {
  const opened = await openPglite(folder);
  const drafts = draftStore(opened.database, keys, () => new Date());
  const token = await drafts.create({ steps: { identity: { input: { firstName: 'Canarita' }, savedAt: '' } } });
  await opened.close();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    for (const secret of ['Canarita', 'Garcia', 'links.example', token])
      expect(bytes.includes(secret), entry.name).toBe(false);
  }
});

test('composing an unfinished journey is a bug and throws', () => {
  const surroundings = { lang: 'es', spelling: { mexicanMobile: 'e164' }, callLocation: undefined } as const;
  expect(() => composeRequest({}, surroundings)).toThrow('identity');
});

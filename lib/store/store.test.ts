import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createDataKey, createKeys } from '../crypto/encryption.ts';
import { buildSessionLinkRequest } from '../domain/build-session-link-request.ts';
import type { SavedSteps } from '../domain/journey.ts';
import { getJourneyProgress } from '../domain/journey.ts';
import { sampleContext, sampleInputs, sampleSpelling } from '../domain/sample-answers.ts';
import type { StepId } from '../domain/steps/index.ts';
import { limitNothing } from '../use-cases/customer/save-partial-step.ts';
import { saveStep } from '../use-cases/customer/save-step.ts';
import type { OpenDatabase } from './database.ts';
import { createDraftRepository, DRAFT_DAYS, type DraftRepository } from './drafts.ts';
import { openPglite } from './embedded-database.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { openTestPostgres } from './test-database.ts';
import { createUsedLinkRepository } from './used-links.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-store-'));
const keys = createKeys([createDataKey('a', randomBytes(32))]);
const DAY = 86_400_000;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['PGlite', () => openPglite(folder)],
  ['Postgres', () => openTestPostgres(inject('postgresUrl'))],
])('the store on %s', (_name, open) => {
  let opened: OpenDatabase;
  let clock = Date.parse('2026-11-22T12:00:00Z');
  let drafts: DraftRepository;
  let ledger: Ledger;
  const now = () => new Date(clock);

  beforeAll(async () => {
    opened = await open();
    drafts = createDraftRepository(opened.database, keys, now);
    ledger = createLedger(opened.database, keys, now, { leaseMs: 30_000, firstLookupMs: 60_000, holdMs: 3_600_000 });
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

  test('a note changes what is kept and not its version, and an answer saved meanwhile goes first', async () => {
    const token = await drafts.create({ steps: {} });
    const draft = await find(token);
    const typed = { identity: { input: { firstName: 'Zo' }, errors: { lastName: 'lastName.required' } } };
    expect(await drafts.savePartial(draft, { steps: {}, typed })).toBe(true);
    expect(await find(token)).toMatchObject({ version: draft.version, content: { typed } });
    await drafts.update(draft, { steps: complete() });
    expect(await drafts.savePartial(draft, { steps: {}, typed })).toBe(false);
    expect((await find(token)).content.typed).toBeUndefined();
  });

  test('a link is used up by one of twenty at once', async () => {
    const links = createUsedLinkRepository(opened.database);
    const id = randomBytes(32).toString('base64url');
    const won = await Promise.all(Array.from({ length: 20 }, () => links.use(id, new Date(clock + 60_000))));
    expect(won.filter(Boolean)).toHaveLength(1);
  });

  test('a save over a version that is no longer the last one is refused', async () => {
    const draft = await find(await drafts.create({ steps: {} }));
    expect(await drafts.update(draft, { steps: complete() })).toBe(true);
    expect(await drafts.update(draft, { steps: {} })).toBe(false);
  });

  test('steps that two tabs save at once are all kept', async () => {
    const token = await drafts.create({ steps: {} });
    const ids: StepId[] = ['identity', 'address', 'payment', 'card'];
    const tools = { drafts, ledger, limitDraft: limitNothing, context: sampleContext, now: now() };
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
});

test('nothing that was typed, no link and no token lies readable in the data folder', async () => {
  const opened = await openPglite(folder);
  const drafts = createDraftRepository(opened.database, keys, () => new Date());
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
  const surroundings = { lang: 'es', spelling: sampleSpelling, callLocation: undefined } as const;
  expect(() =>
    buildSessionLinkRequest(getJourneyProgress({}, sampleContext, '2026-11-22T12:00:00.000Z'), surroundings),
  ).toThrow('identity');
});

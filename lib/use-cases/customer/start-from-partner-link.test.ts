import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createDataKey, createKeys } from '../../crypto/encryption.ts';
import { sampleContext, sampleInputs } from '../../domain/sample-answers.ts';
import type { OpenDatabase } from '../../store/database.ts';
import { createDraftRepository, type DraftContent, type DraftRepository } from '../../store/drafts.ts';
import { openPglite } from '../../store/embedded-database.ts';
import { createLedger } from '../../store/ledger.ts';
import { createPartnerReferenceRepository } from '../../store/partner-references.ts';
import { StoreError } from '../../store/store-error.ts';
import { openTestPostgres } from '../../store/test-database.ts';
import { createUsedLinkRepository } from '../../store/used-links.ts';
import { startFromLink } from './start-from-partner-link.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-start-'));
const keys = createKeys([createDataKey('a', randomBytes(32))]);
const now = () => new Date('2026-11-25T12:00:00Z');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['PGlite', () => openPglite(folder)],
  ['Postgres', () => openTestPostgres(inject('postgresUrl'))],
])('a partner’s link on %s', (_name, open) => {
  let opened: OpenDatabase;
  let drafts: DraftRepository;
  let count = 0;

  beforeAll(async () => {
    opened = await open();
    drafts = createDraftRepository(opened.database, keys, now);
  });
  afterAll(() => opened.close());

  const start = (
    token: string | undefined,
    phone: string,
    { isConfirmed = false, id = `link-${++count}`, brokenBy = '' } = {},
  ) =>
    startFromLink(
      {
        drafts: brokenBy ? { ...drafts, create: () => Promise.reject(new StoreError(brokenBy, 'insert')) } : drafts,
        ledger: createLedger(opened.database, keys, now, { leaseMs: 30_000, firstLookupMs: 60_000, holdMs: 3_600_000 }),
        usedLinks: createUsedLinkRepository(opened.database),
        partnerReferences: createPartnerReferenceRepository(opened.database, keys, now),
        context: sampleContext,
        now: now(),
      },
      {
        token,
        isConfirmed,
        link: {
          id: `${_name}-${id}`,
          expiresAt: new Date(now().getTime() + 60_000),
          reference: `${_name}-${id}`,
          returnUrl: undefined,
          texts: new Map(phone ? [['phoneNumber', phone]] : []),
          locked: [],
          confirm: [],
        },
      },
    );
  const identity = { ...sampleInputs.identity, phoneNumber: '55 2120 6706' };
  const saved: DraftContent = { steps: { identity: { input: identity, savedAt: now().toISOString() } } };
  const partial: DraftContent = { steps: {}, typed: { identity: { input: { firstName: 'Rosa' }, errors: {} } } };

  test('a link whose draft could not be stored can be opened again', async () => {
    const link = { id: 'broken-at-first' };
    await expect(start(undefined, '+525512345678', { ...link, brokenBy: '53100' })).rejects.toThrow('53100');
    expect(await start(undefined, '+525512345678', link)).toMatchObject({ kind: 'started' });
    expect(await start(undefined, '+525512345678', link)).toEqual({ kind: 'used' });
    // Without an answer the draft may be stored, with its event.
    const other = { id: 'no-answer' };
    await expect(start(undefined, '+525512345678', { ...other, brokenBy: 'QUERY_TIMEOUT' })).rejects.toThrow('QUERY');
    expect(await start(undefined, '+525512345678', other)).toEqual({ kind: 'used' });
  });

  test.each<[string, DraftContent, string]>([
    ['another phone', saved, '+525512345678'],
    ['no phone in the link', saved, ''],
    ['a form half typed without a phone', partial, '+525512345678'],
  ])('asks before it replaces a draft: %s; the draft and the link are as before', async (_case, content, phone) => {
    const token = await drafts.create(content);
    const id = `asked-${++count}`;
    for (let round = 0; round < 3; round += 1) {
      expect(await start(token, phone, { id })).toMatchObject({ kind: 'asks' });
    }
    expect((await drafts.find(token))?.content).toEqual(content);
    const started = await start(token, phone, { id, isConfirmed: true });
    expect(started.kind).toBe('started');
    expect(started).not.toMatchObject({ token });
    expect((await start(undefined, phone, { id, isConfirmed: true })).kind).toBe('used');
  });

  test('the same phone, an empty draft, none, and one that has gone need no question', async () => {
    const [own, empty] = [await drafts.create(saved), await drafts.create({ steps: {} })];
    expect(await start(own, '+525521206706')).toMatchObject({ kind: 'started', token: own });
    for (const token of [empty, undefined, 'no-such-draft']) {
      expect(await start(token, '+525512345678')).toMatchObject({ kind: 'started' });
    }
  });
});

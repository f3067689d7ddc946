import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inArray, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { createDataKey, createKeys } from '../crypto/encryption.ts';
import { APPLICATION_EVENT_TYPES } from '../domain/events/application-event.ts';
import type { FormInput } from '../domain/form-input.ts';
import type { PartialSteps, SavedSteps } from '../domain/journey.ts';
import { sampleConsent, sampleContext } from '../domain/sample-answers.ts';
import type { SessionLinkRequest } from '../domain/session-link-request.ts';
import { getPhoneRules } from '../reference-data/get-phone-rules.ts';
import { readAudit } from './audit-log.ts';
import { type CaseRepository, createCaseRepository } from './cases.ts';
import type { OpenDatabase } from './database.ts';
import { createDraftRepository, type DraftContent, type DraftRepository } from './drafts.ts';
import { openPglite } from './embedded-database.ts';
import { createHandoverRepository, type HandoverRepository } from './handovers.ts';
import { createHelpRequestRepository, type HelpRequestRepository } from './help-requests.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createPrivacyService, type PrivacyService } from './privacy.ts';
import * as schema from './schema.ts';
import { createSubmissionAdmin } from './submission-admin.ts';
import type { AttemptResult } from './submissions/complete.ts';
import { openOwnPostgres } from './test-database.ts';
import { hashToken } from './token.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-privacy-'));
const keys = createKeys([createDataKey('a', randomBytes(32))]);
const PHONE = '+525512345678';
const OTHER = '+525587654321';
const person = { phone: PHONE, sentAs: [PHONE, '+5215512345678'], phoneRules: sampleContext.phoneRules };
const NOTHING = { drafts: 0, cases: 0, helpRequests: 0, submissions: 0, held: 0, unreadable: 0 };

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const savedAt = '2026-11-25T12:00:00.000Z';
const toSavedSteps = (input: FormInput): SavedSteps => ({ identity: { input, savedAt } });
const toPartialSteps = (input: FormInput): PartialSteps => ({ identity: { input, errors: {} } });

describe.each([
  ['PGlite', () => openPglite(folder)],
  [
    'Postgres',
    () => openOwnPostgres({ appUrl: inject('postgresUrl'), ownerUrl: inject('postgresOwnerUrl') }, 'privacy'),
  ],
])('erasing a person on %s', (_name, open) => {
  let opened: OpenDatabase;
  let clock = Date.parse(savedAt);
  const now = () => new Date(clock);
  let drafts: DraftRepository;
  let cases: CaseRepository;
  let handovers: HandoverRepository;
  let help: HelpRequestRepository;
  let ledger: Ledger;
  let privacy: PrivacyService;

  beforeAll(async () => {
    opened = await open();
    const { database } = opened;
    drafts = createDraftRepository(database, keys, now, [{ endpoint: 'crm', types: APPLICATION_EVENT_TYPES }]);
    cases = createCaseRepository(database, keys, now);
    handovers = createHandoverRepository(database, keys, now);
    help = createHelpRequestRepository(database, keys, now);
    ledger = createLedger(database, keys, now, { leaseMs: 30_000, firstLookupMs: 60_000, holdMs: 3_600_000 });
    privacy = createPrivacyService(database, keys, now);
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    for (const table of [
      schema.drafts,
      schema.cases,
      schema.handovers,
      schema.handoverDevices,
      schema.helpRequests,
      schema.submissions,
      schema.claims,
      schema.applications,
    ])
      await opened.database.delete(table);
  });

  const readErasures = async () =>
    (await Array.fromAsync(readAudit(opened.database)))
      .map(({ entry }) => entry)
      .filter(({ action }) => action === 'person.erased');
  const claimSubmission = async (draftToken: string, phoneNumber: string) => {
    const claim = await ledger.createClaimedSubmission(
      {
        draft: { id: hashToken(draftToken), version: 1 },
        request: { phoneNumber } as SessionLinkRequest,
        consent: sampleConsent,
        sendDeadline: undefined,
      },
      'absent',
    );
    if (!claim) throw new Error('no claim');
    return { ...claim, draftId: hashToken(draftToken) };
  };
  const addCase = async (token: string, phone: string) => {
    const id = crypto.randomUUID();
    await cases.create({ id, shop: 'sur', agent: 'ana' }, { token, phone, name: 'Maria', lang: 'es' });
    return id;
  };

  test.each<[string, DraftContent]>([
    ['that was saved', { steps: toSavedSteps({ phoneNumber: '5512345678' }) }],
    ['that was only typed', { steps: {}, typed: toPartialSteps({ phoneNumber: '5512345678' }) }],
    [
      'that was saved before another one was typed',
      { steps: toSavedSteps({ phoneNumber: '5512345678' }), typed: toPartialSteps({ phoneNumber: '5587654321' }) },
    ],
    [
      'that was saved before it was deleted on the page',
      { steps: toSavedSteps({ phoneNumber: '5512345678' }), typed: toPartialSteps({ phoneNumber: '' }) },
    ],
    [
      'that was typed after another one was saved',
      { steps: toSavedSteps({ phoneNumber: '5587654321' }), typed: toPartialSteps({ phoneNumber: '5512345678' }) },
    ],
    ['in the old spelling', { steps: toSavedSteps({ phoneNumber: '044 55 1234-5678' }) }],
    ['in the international spelling', { steps: toSavedSteps({ phoneNumber: '+52 1 (55) 1234 5678' }) }],
    [
      'from a partner',
      { steps: {}, typed: toPartialSteps({ phoneNumber: PHONE }), partner: { link: 'x', locked: ['phoneNumber'] } },
    ],
    ['in the wrong field', { steps: {}, typed: toPartialSteps({ email: '55 1234 5678' }) }],
    ['in a group of another step', { steps: {}, typed: { card: { input: { group: { text: PHONE } }, errors: {} } } }],
  ])('takes a draft with a phone %s, and no other draft', async (_what, content) => {
    const [personToken, otherToken] = [
      await drafts.create(content),
      await drafts.create({ steps: toSavedSteps({ phoneNumber: OTHER }) }),
    ];
    expect(await privacy.erase(person)).toEqual({ ...NOTHING, drafts: 1 });
    expect(await drafts.find(personToken)).toBeUndefined();
    expect(await drafts.find(otherToken)).toBeDefined();
    const applications = await opened.database.select().from(schema.applications);
    expect(applications.map(({ id }) => id)).toEqual([hashToken(otherToken)]);
  });

  test('takes the same digits of one country and leaves those of another', async () => {
    const phoneNumber = '331 234 5678';
    const [mexican, american, unknown] = [
      await drafts.create({ steps: toSavedSteps({ phoneNumber, phoneCountry: 'MX' }) }),
      await drafts.create({ steps: toSavedSteps({ phoneNumber, phoneCountry: 'US' }) }),
      await drafts.create({
        steps: {},
        typed: toPartialSteps({ phoneNumber: '', phoneCountry: '', email: phoneNumber }),
      }),
    ];
    const rules = { phoneRules: getPhoneRules(['MX', 'US']) };
    const two = { phone: '+523312345678', sentAs: ['+523312345678'], ...rules };
    expect(await privacy.erase(two)).toEqual({ ...NOTHING, drafts: 2 });
    for (const token of [mexican, unknown]) expect(await drafts.find(token)).toBeUndefined();
    expect(await drafts.find(american)).toBeDefined();
    const one = { phone: '+13312345678', sentAs: ['+13312345678'], ...rules };
    expect(await privacy.erase(one)).toEqual({ ...NOTHING, drafts: 1 });
  });

  test('takes a phone of a country that is not offered any more', async () => {
    const phone = '+50371234567';
    await drafts.create({ steps: toSavedSteps({ phoneNumber: '+503 7123 4567' }) });
    expect(await privacy.erase({ ...person, phone, sentAs: [phone] })).toEqual({ ...NOTHING, drafts: 1 });
  });

  test('takes the case with its draft, hand-over, devices and requests for help', async () => {
    // The draft has another phone by now: the case leads to it.
    const personToken = await drafts.create({ steps: toSavedSteps({ phoneNumber: OTHER }) });
    const otherToken = await drafts.create({ steps: {} });
    const [id, otherId] = [await addCase(personToken, PHONE), await addCase(otherToken, OTHER)];
    const handoverIds = [await handovers.create(id), await handovers.create(otherId)];
    for (const [index, handoverId] of handoverIds.entries()) {
      const device = { id: `device-${index}`, handoverId, digits: '71', createdAt: now(), expiresAt: now() };
      await opened.database.insert(schema.handoverDevices).values(device);
    }
    const helpTokens = [await help.create(personToken, 'es'), await help.create(otherToken, 'es')] as const;

    expect(await privacy.erase(person)).toEqual({ ...NOTHING, drafts: 1, cases: 1, helpRequests: 1 });
    expect(await cases.find(id, 'sur')).toBeUndefined();
    expect(await handovers.findLatest(id)).toBeUndefined();
    expect(await help.find(helpTokens[0])).toBeUndefined();
    expect((await opened.database.select().from(schema.handoverDevices)).map((device) => device.id)).toEqual([
      'device-1',
    ]);
    expect(await cases.find(otherId, 'sur')).toBeDefined();
    expect(await handovers.findLatest(otherId)).toBeDefined();
    expect(await help.find(helpTokens[1])).toBeDefined();
  });

  test.each<[string, AttemptResult]>([
    ['delivered', { state: 'succeeded', link: 'https://links.example/a' }],
    ['refused', { state: 'refused', outcome: 'refused' }],
    ['turned away', { state: 'received' }],
  ])('takes the way to the person from what was %s, in both spellings, and keeps the proof', async (_what, result) => {
    const draftIds: string[] = [];
    for (const phone of person.sentAs) {
      // The phone in the draft was changed after it was sent.
      const token = await drafts.create({ steps: toSavedSteps({ phoneNumber: OTHER }) });
      const claim = await claimSubmission(token, phone);
      expect(await ledger.recordResult(claim, result, { actor: 'customer' })).toBe(true);
      draftIds.push(claim.draftId);
    }
    expect(await privacy.erase(person)).toEqual({ ...NOTHING, drafts: 2, submissions: 2 });
    const { rows } = (await opened.database.execute(
      sql`select id, draft_id, state, phone_hash, email_hash, sealed_payload, sealed_link, consent from submissions`,
    )) as unknown as { rows: { id: string; draft_id: string }[] };
    const state = result.state === 'received' ? 'expired' : result.state;
    const empty = { phone_hash: null, email_hash: null, sealed_payload: null, sealed_link: null };
    expect(new Set(rows.map(({ draft_id }) => draft_id))).toEqual(new Set(draftIds));
    for (const row of rows) expect(row).toMatchObject({ state, ...empty, consent: sampleConsent });
    if (state === 'expired') {
      const ids = rows.map(({ id }) => id);
      const isTheirs = inArray(schema.submissionEvents.submissionId, ids);
      const events = await opened.database.select().from(schema.submissionEvents).where(isTheirs);
      expect(events.filter(({ actor, cause }) => actor === 'operator' && cause === 'erased')).toHaveLength(2);
    }
  });

  test.each(['sending', 'ambiguous', 'parked'] as const)(
    'leaves and counts what is %s, until it has ended',
    async (state) => {
      const token = await drafts.create({ steps: toSavedSteps({ phoneNumber: PHONE }) });
      const id = await addCase(token, PHONE);
      const claim = await claimSubmission(token, PHONE);
      if (state !== 'sending') await ledger.recordResult(claim, { state }, { actor: 'customer' });
      expect(await privacy.erase(person)).toEqual({ ...NOTHING, held: 1 });
      expect(await drafts.find(token)).toBeDefined();
      expect(await cases.find(id, 'sur')).toBeDefined();

      if (state === 'parked') await createSubmissionAdmin(opened.database, keys, now).resolve(claim.id, 'refused');
      else await ledger.recordResult(claim, { state: 'refused', outcome: 'refused' }, { actor: 'customer' });
      const after = await privacy.erase(person);
      if (state === 'ambiguous') return expect(after.held).toBe(1); // only looking ends it
      expect(after).toEqual({ ...NOTHING, drafts: 1, cases: 1, submissions: 1 });
    },
  );

  test('leaves and counts what is about to be sent, and takes it when it is not', async () => {
    const token = await drafts.create({ steps: toSavedSteps({ phoneNumber: PHONE }) });
    const request = { phoneNumber: PHONE } as SessionLinkRequest;
    const draft = { id: hashToken(token), version: 1 };
    await ledger.createSubmission({ draft, request, consent: sampleConsent, sendDeadline: undefined }, 15_000);
    expect(await privacy.erase(person)).toEqual({ ...NOTHING, held: 1 });
    // Its customer cannot let go of it either.
    await drafts.deleteUnsent(token);
    expect(await drafts.find(token)).toBeDefined();
    clock += 15_001;
    expect(await privacy.erase(person)).toEqual({ ...NOTHING, drafts: 1, submissions: 1 });
  });

  test('counts rows that no configured key opens', async () => {
    const elsewhere = createKeys([createDataKey('b', randomBytes(32))]);
    const lost = await createDraftRepository(opened.database, elsewhere, now).create({
      steps: toSavedSteps({ phoneNumber: PHONE }),
    });
    await createHelpRequestRepository(opened.database, elsewhere, now).create(lost, 'en');
    await drafts.create({ steps: toSavedSteps({ phoneNumber: PHONE }) });
    expect(await privacy.erase(person)).toEqual({ ...NOTHING, drafts: 1, unreadable: 2 });
  });

  test('is in the audit each time, with the cases that were taken and nothing of the person', async () => {
    const { length } = await readErasures();
    expect(await privacy.erase(person)).toEqual(NOTHING);
    await drafts.create({ steps: toSavedSteps({ phoneNumber: PHONE }) });
    await privacy.erase(person);
    const ids = [await addCase('t1', PHONE), await addCase('t2', PHONE)];
    await privacy.erase(person);
    const entries = (await readErasures()).slice(length);
    expect(entries).toHaveLength(4);
    for (const { actor, action, fields } of entries) {
      expect([actor, action, fields]).toEqual(['operator', 'person.erased', []]);
    }
    expect(entries.slice(0, 2).map(({ caseId }) => caseId)).toEqual([undefined, undefined]);
    expect(new Set(entries.slice(2).map(({ caseId }) => caseId))).toEqual(new Set(ids));
    expect(JSON.stringify(entries)).not.toMatch(/5512345678|Maria/);
  });
});

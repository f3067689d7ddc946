import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inArray } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { createDataKey, createKeys } from '../../crypto/encryption.ts';
import { sampleConsent, sampleContext } from '../../domain/sample-answers.ts';
import type { SessionLinkRequest } from '../../domain/session-link-request.ts';
import { DAY_MS } from '../../domain/time.ts';
import type { OpenDatabase } from '../../store/database.ts';
import { createDraftRepository, DRAFT_DAYS } from '../../store/drafts.ts';
import { openPglite } from '../../store/embedded-database.ts';
import { createLedger } from '../../store/ledger.ts';
import { createPartnerReferenceRepository } from '../../store/partner-references.ts';
import { createPrivacyService } from '../../store/privacy.ts';
import { drafts, partnerReferences } from '../../store/schema.ts';
import { createSubmissionAdmin } from '../../store/submission-admin.ts';
import type { AttemptResult } from '../../store/submissions/complete.ts';
import { openTestPostgres } from '../../store/test-database.ts';
import { hashToken } from '../../store/token.ts';
import { getApplicationStatus } from './get-application-status.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-status-'));
const keys = createKeys([createDataKey('a', randomBytes(32))]);
const START_MS = Date.parse('2026-11-28T12:00:00Z');
const PHONE = '+525512340918';

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['PGlite', () => openPglite(folder)],
  ['Postgres', () => openTestPostgres(inject('postgresUrl'))],
])('the status by the partner’s reference on %s', (name, open) => {
  let opened: OpenDatabase;
  let clock = START_MS;
  const now = () => new Date(clock);
  let count = 0;

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  const getReferences = () => createPartnerReferenceRepository(opened.database, keys, now);
  const readStatus = (reference: string) => getApplicationStatus(getReferences(), reference);
  const getLedger = () =>
    createLedger(opened.database, keys, now, { leaseMs: 30_000, firstLookupMs: 60_000, holdMs: 3_600_000 });

  async function start(reference = `${name}-order-${++count}`) {
    clock = START_MS + count * 1_000;
    const draftId = hashToken(await createDraftRepository(opened.database, keys, now).create({ steps: {} }));
    await getReferences().add(reference, draftId);
    return { reference, draftId };
  }

  async function submit(draftId: string, phoneNumber = `+52551234${1_000 + count}`) {
    const request = { phoneNumber } as SessionLinkRequest;
    const intent = { draft: { id: draftId, version: 1 }, request, consent: sampleConsent, sendDeadline: undefined };
    const claim = await getLedger().createClaimedSubmission(intent, 'absent');
    if (!claim) throw new Error('The submission was not created');
    return claim;
  }

  const record = async (draftId: string, result: AttemptResult, phone?: string) => {
    const claim = await submit(draftId, phone);
    await getLedger().recordResult(claim, result, { actor: 'customer', cause: 'the cause' });
    return claim.id;
  };

  test('an application is started, is being sent, and has its link, with the times of both', async () => {
    const { reference, draftId } = await start();
    const startedAt = now().toISOString();
    const started = { application: draftId, partnerReference: reference, state: 'started', startedAt };
    expect(await readStatus(reference)).toEqual({ ...started, updatedAt: startedAt });
    clock += 5_000;
    const claim = await submit(draftId);
    const common = { ...started, reference: claim.id.slice(0, 8).toUpperCase() };
    expect(await readStatus(reference)).toEqual({ ...common, state: 'submitting', updatedAt: now().toISOString() });
    clock += 5_000;
    const result = { state: 'succeeded', link: 'https://links.example/SECRET' } as const;
    await getLedger().recordResult(claim, result, { actor: 'customer', cause: 'the cause' });
    const delivered = { ...common, state: 'link_delivered', updatedAt: now().toISOString() };
    expect(await readStatus(reference)).toEqual(delivered);
    clock += 2 * DAY_MS;
    await getLedger().removeExpiredLinks();
    expect(await readStatus(reference)).toEqual(delivered);
  });

  test('a refusal, a review and a decision have their states', async () => {
    const refused = await start();
    await record(refused.draftId, { state: 'refused', outcome: 'phone' });
    expect(await readStatus(refused.reference)).toMatchObject({ state: 'refused' });
    const admin = createSubmissionAdmin(opened.database, keys, now);
    const states = [];
    for (const decision of ['delivered', 'refused', 'again'] as const) {
      const { reference, draftId } = await start();
      const id = await record(draftId, { state: 'parked' });
      expect(await readStatus(reference)).toMatchObject({ state: 'needs_review' });
      await admin.resolve(id, decision);
      states.push((await readStatus(reference))?.state);
    }
    expect(states).toEqual(['resolved', 'refused', 'started']);
  });

  test('an application that was never sent has ended with its answers', async () => {
    const { reference } = await start();
    clock += DRAFT_DAYS * DAY_MS;
    expect(await readStatus(reference)).toMatchObject({ state: 'ended' });
  });

  test('two applications with one reference: the newest counts; two references of one application: both lead to it', async () => {
    const first = await start();
    await record(first.draftId, { state: 'refused', outcome: 'phone' });
    expect(await readStatus(first.reference)).toMatchObject({ state: 'refused' });
    count += 1;
    await start(first.reference);
    expect(await readStatus(first.reference)).toMatchObject({ state: 'started' });
    const second = await start(`${first.reference}-again`);
    await getReferences().add(`${first.reference}-too`, second.draftId);
    for (const suffix of ['again', 'too'])
      expect(await readStatus(`${first.reference}-${suffix}`)).toMatchObject({ state: 'started' });
  });

  test('after an erasure the reference is as unknown as one that never was', async () => {
    const { reference, draftId } = await start();
    await record(draftId, { state: 'succeeded', link: 'https://links.example/1' }, PHONE);
    expect(await readStatus(draftId)).toMatchObject({ application: draftId, state: 'link_delivered' });
    const person = { phone: PHONE, sentAs: [PHONE], phoneRules: sampleContext.phoneRules };
    expect(await createPrivacyService(opened.database, keys, now).erase(person)).toMatchObject({ submissions: 1 });
    expect(await readStatus(reference)).toBeUndefined();
    expect(await readStatus(draftId)).toBeUndefined();
    expect(await readStatus('never-was')).toBeUndefined();
  });

  test('an application without a partner link is found by our id, and one of a purged draft by its reference', async () => {
    const own = hashToken(await createDraftRepository(opened.database, keys, now).create({ steps: {} }));
    const status = await readStatus(own);
    expect(status).toMatchObject({ application: own, state: 'started' });
    expect(status).not.toHaveProperty('partnerReference');
    const { draftId } = await start();
    await opened.database.delete(drafts).where(inArray(drafts.id, [own, draftId]));
    expect(await readStatus(own)).toBeUndefined();
    expect(await readStatus(draftId)).toMatchObject({ application: draftId, state: 'ended' });
  });

  test('the store does not reveal the reference', async () => {
    const { reference } = await start();
    const rows = await opened.database.select().from(partnerReferences);
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toContain(reference);
  });
});

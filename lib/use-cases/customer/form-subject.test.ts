import { expect, test } from 'vitest';
import { buildIdMark, buildReplacementMark, OTHER_PERSON_MARK } from '../../domain/form-stamp.ts';
import { ana, ben, createCase, createDraft, createSavedSteps } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { createDraftFormMark, createTokenMark } from './form-check.ts';
import { findFormSubject, getCaseFormSubject } from './form-subject.ts';
import type { PostedStep } from './posted-step.ts';

setUpTestStore({ LIMIT_DRAFTS_PER_ADDRESS: '1' });

const createForm = (subject: string, phoneNumber = ''): PostedStep => ({
  stepId: 'identity',
  input: { phoneCountry: '', phoneNumber },
  shownErrors: {},
  stamp: { subject, seen: 'a1' },
});
const find = (draftToken: string | undefined, form: PostedStep) =>
  findFormSubject({ draftToken, clientIp: '203.0.113.1' }, form);

test('a form of the present draft saves to it, and knows the answer that it showed', async () => {
  const { token } = await createDraft();
  const subject = await find(token, createForm(createTokenMark(token)));
  expect(subject).toMatchObject({ kind: 'draft', token, isCurrent: true, answerMark: 'a1', begunBy: undefined });
});

test('a form of another draft saves to none', async () => {
  const [own, other] = [await createDraft(), await createDraft()];
  expect(await find(own.token, createForm(createTokenMark(other.token)))).toEqual({ kind: 'another' });
});

test('a blank form from before another application saves to it only when it has the same phone', async () => {
  const { token } = await createDraft({ steps: createSavedSteps('55 2120 9999') });
  const blank = createDraftFormMark(undefined);
  const mark = createTokenMark(token);
  expect(await find(token, createForm(blank, '55 2120 8888'))).toEqual({ kind: 'begun', mark });
  expect(await find(token, createForm(blank))).toEqual({ kind: 'begun', mark });
  const subject = await find(token, createForm(blank, '+52 55 2120 9999'));
  expect(subject).toMatchObject({ token, isCurrent: false, answerMark: OTHER_PERSON_MARK, begunBy: blank });
});

const create = async () => 'token';

test('a form that replaces the application begins a new draft, which is counted by address', async () => {
  const { token } = await createDraft();
  const subject = await find(token, createForm(buildReplacementMark(createTokenMark(token))));
  expect(subject).toMatchObject({ kind: 'draft', token: undefined, isCurrent: false });
  const waits = [];
  for (const _draft of [1, 2]) waits.push('limitDraft' in subject ? await subject.limitDraft(create) : undefined);
  expect(waits).toEqual([{ created: 'token' }, { retryAfterMs: expect.any(Number) }]);
});

test('a form of a case saves to its draft without a limit; one that another agent opened is outdated', async () => {
  const caseRecord = await createCase();
  const form = createForm(buildIdMark(ana.id));
  const own = getCaseFormSubject({ session: ana, caseRecord }, form);
  expect(own).toMatchObject({ token: caseRecord.customer.token, isCurrent: true, answerMark: 'a1' });
  expect(await own.limitDraft(create)).toEqual({ created: 'token' });
  expect(getCaseFormSubject({ session: ben, caseRecord }, form).answerMark).toBe(OTHER_PERSON_MARK);
  expect(getCaseFormSubject({ session: ben, caseRecord }, { ...form, stamp: undefined }).answerMark).toBeUndefined();
});

import { expect, test } from 'vitest';
import { getStore } from '../../store/store.ts';
import { ana, createCase, createSubmission, listActions, readDraft } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { getRejectionReason } from './get-rejection-reason.ts';

setUpTestStore();

test('the reason of a refusal is the upstream’s code, and the audit says who has seen it', async () => {
  const caseRecord = await createCase();
  const draft = await readDraft(caseRecord.customer.token);
  await createSubmission(draft, 'refused');
  const submission = await (await getStore()).ledger.findLatest(draft.id);
  expect(await getRejectionReason(ana, caseRecord, submission)).toBe('the cause');
  expect(await listActions(caseRecord)).toEqual(['case.reason']);
});

test('a submission that was not refused has no reason, and nothing is recorded', async () => {
  const caseRecord = await createCase();
  const draft = await readDraft(caseRecord.customer.token);
  await createSubmission(draft, 'succeeded');
  const submission = await (await getStore()).ledger.findLatest(draft.id);
  expect(await getRejectionReason(ana, caseRecord, submission)).toBeUndefined();
  expect(await getRejectionReason(ana, caseRecord, undefined)).toBeUndefined();
  expect(await listActions(caseRecord)).toEqual([]);
});

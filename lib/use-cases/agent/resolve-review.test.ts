import { expect, test } from 'vitest';
import { getReference } from '../../domain/text/ids.ts';
import { getStore } from '../../store/store.ts';
import {
  createCase,
  createSavedSteps,
  createSubmission,
  eva,
  max,
  readCase,
  readDraft,
} from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { listReviews, resolveReview } from './resolve-review.ts';

setUpTestStore();

async function createParkedCase() {
  const caseRecord = await createCase({ steps: createSavedSteps() });
  const submissionId = await createSubmission(await readDraft(caseRecord.customer.token), 'parked');
  await (await getStore()).cases.close(caseRecord);
  return { caseId: caseRecord.id, submissionId };
}
const readState = async (submissionId: string) =>
  (await (await getStore()).submissionAdmin.find(submissionId)).map(({ state }) => state);

test('the list has the shop’s submissions with their history, and none of another shop', async () => {
  const { caseId, submissionId } = await createParkedCase();
  const review = (await listReviews(eva)).find(({ id }) => id === caseId);
  expect(review).toMatchObject({ reference: getReference(submissionId), customer: { lang: 'es' } });
  expect(review?.story.at(-1)).toMatchObject({ state: 'parked', cause: 'the cause' });
  expect(await listReviews(max)).toEqual([]);
});

test.each([
  ['delivered', 'succeeded', false],
  ['refused', 'refused', false],
  ['again', 'received', true],
])(
  'the decision “%s” ends the review; only a customer who may send again is back on the list',
  async (decision, state, isOpen) => {
    const { caseId, submissionId } = await createParkedCase();
    expect(await resolveReview(eva, caseId, { decision, isConfirmed: true })).toEqual({ kind: 'resolved' });
    expect(await readState(submissionId)).toEqual([state]);
    expect((await readCase(caseId)).isOpen).toBe(isOpen);
  },
);

test.each([
  ['no decision', 'null', true],
  ['an unknown decision', 'toString', true],
  ['a decision that is not confirmed', 'again', false],
])('%s changes nothing', async (_case, decision, isConfirmed) => {
  const { caseId, submissionId } = await createParkedCase();
  expect(await resolveReview(eva, caseId, { decision, isConfirmed })).toEqual({ kind: 'choose' });
  expect(await readState(submissionId)).toEqual(['parked']);
});

test('a submission that was resolved before, or that belongs to another shop, is not resolved', async () => {
  const { caseId, submissionId } = await createParkedCase();
  const decision = { decision: 'delivered', isConfirmed: true };
  expect(await resolveReview(max, caseId, decision)).toEqual({ kind: 'changed' });
  expect(await readState(submissionId)).toEqual(['parked']);
  await resolveReview(eva, caseId, decision);
  expect(await resolveReview(eva, caseId, { decision: 'again', isConfirmed: true })).toEqual({ kind: 'changed' });
  expect(await readState(submissionId)).toEqual(['succeeded']);
});

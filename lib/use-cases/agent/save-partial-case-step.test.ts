import { expect, test } from 'vitest';
import { buildIdMark } from '../../domain/form-stamp.ts';
import { getStore } from '../../store/store.ts';
import { ana, ben, createCase, createSavedSteps, listActions, max, readDraft } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import type { PostedStep } from '../customer/posted-step.ts';
import { savePartialCaseStep } from './save-partial-case-step.ts';

setUpTestStore();

const createForm = (changes: Partial<PostedStep> = {}): PostedStep => ({
  stepId: 'identity',
  input: { firstName: 'Rosa', lastName: 'x'.repeat(500) },
  shownErrors: {},
  stamp: { subject: buildIdMark(ana.id), seen: '-' },
  ...changes,
});
const readPartialSteps = async (token: string) => (await readDraft(token)).content.typed;

test('the texts that are not too long are saved, and recorded by field', async () => {
  const { id, customer } = await createCase();
  await savePartialCaseStep(ana, id, createForm());
  expect(await readPartialSteps(customer.token)).toEqual({
    identity: { input: { firstName: 'Rosa', lastName: '' }, errors: {} },
  });
  const [entry] = await (await getStore()).audit.listByCase(id);
  expect(entry).toMatchObject({ action: 'case.fill', fields: ['firstName'], source: 'agent' });
});

test('an agent of another shop saves nothing, and the denial is recorded once', async () => {
  const { id, customer } = await createCase();
  for (const _attempt of [1, 2]) await savePartialCaseStep(max, id, createForm());
  expect(await readPartialSteps(customer.token)).toBeUndefined();
  expect(await listActions({ id })).toEqual(['refused.case.fill']);
});

test('nothing is saved of a closed case, or of a card', async () => {
  const { id, customer } = await createCase();
  await savePartialCaseStep(ana, id, createForm({ stepId: 'card', input: { addCardParams: { nameOnCard: 'Rosa' } } }));
  await (await getStore()).cases.close({ id });
  await savePartialCaseStep(ana, id, createForm());
  expect(await readPartialSteps(customer.token)).toBeUndefined();
  expect(await listActions({ id })).toEqual([]);
});

test('a form from before another agent signed in does not replace the saved answer', async () => {
  const { id, customer } = await createCase({ steps: createSavedSteps() });
  await savePartialCaseStep(ben, id, createForm());
  expect(await readPartialSteps(customer.token)).toBeUndefined();
});

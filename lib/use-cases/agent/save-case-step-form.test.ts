import { expect, test, vi } from 'vitest';
import { buildAnswerMark, buildIdMark } from '../../domain/form-stamp.ts';
import { sampleInputs } from '../../domain/sample-answers.ts';
import { getStore } from '../../store/store.ts';
import {
  ana,
  ben,
  createCase,
  createSavedSteps,
  createSubmission,
  listActions,
  readCase,
  readDraft,
} from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import type { PostedStep } from '../customer/posted-step.ts';
import { saveCaseStepForm } from './save-case-step-form.ts';

vi.mock('next/server', async () => (await import('../../http/test-next.ts')).nextServer);

setUpTestStore();

const input = { ...sampleInputs.identity, firstName: 'Rosa', lastName: 'Luna', email: '', noEmail: 'yes' };
const createForm = (changes: Partial<PostedStep> = {}): PostedStep => ({
  stepId: 'identity',
  input,
  shownErrors: {},
  stamp: { subject: buildIdMark(ana.id), seen: '-' },
  ...changes,
});

test('a saved step is in the draft, in the audit under the agent, and on the list with the customer’s name', async () => {
  const caseRecord = await createCase();
  expect(await saveCaseStepForm({ session: ana, caseRecord }, createForm(), undefined)).toEqual({
    kind: 'saved',
    next: 'address',
  });
  const { customer } = await readCase(caseRecord.id);
  expect(customer).toMatchObject({ name: 'Rosa Luna', phone: '+525521206706' });
  expect((await readDraft(customer.token)).content.steps.identity?.input).toMatchObject({ firstName: 'Rosa' });
  expect(await listActions(caseRecord)).toEqual(['case.fill']);
});

test('a step with errors is shown again and not saved', async () => {
  const caseRecord = await createCase();
  const form = createForm({ input: { ...input, firstName: '' } });
  const result = await saveCaseStepForm({ session: ana, caseRecord }, form, undefined);
  expect(result).toMatchObject({ kind: 'rejected', form: { errors: { firstName: expect.any(String) } } });
  expect((await readDraft(caseRecord.customer.token)).content.steps).toEqual({});
});

test('a form that another agent opened is shown to the present agent before it is saved', async () => {
  const caseRecord = await createCase({ steps: createSavedSteps() });
  const { content } = await readDraft(caseRecord.customer.token);
  const stamp = { subject: buildIdMark(ben.id), seen: buildAnswerMark(content.steps, 'identity') };
  const result = await saveCaseStepForm({ session: ana, caseRecord }, createForm({ stamp }), undefined);
  expect(result).toMatchObject({ kind: 'rejected', form: { problem: 'changed' } });
  expect((await readDraft(caseRecord.customer.token)).content).toEqual(content);
});

test('a form that the agent leaves is saved half filled', async () => {
  const caseRecord = await createCase();
  const form = createForm({ input: { ...input, lastName: '' }, shownErrors: { lastName: 'required' } });
  expect(await saveCaseStepForm({ session: ana, caseRecord }, form, { isTouched: true })).toEqual({ kind: 'left' });
  const { content } = await readDraft(caseRecord.customer.token);
  expect(content).toMatchObject({
    steps: {},
    typed: { identity: { input: { firstName: 'Rosa' }, errors: { lastName: 'required' } } },
  });
});

test('details that are delivered are not changed', async () => {
  const caseRecord = await createCase({ steps: createSavedSteps() });
  const draft = await readDraft(caseRecord.customer.token);
  await createSubmission(draft, 'succeeded');
  expect(await saveCaseStepForm({ session: ana, caseRecord }, createForm(), undefined)).toEqual({ kind: 'impossible' });
  expect(await listActions(caseRecord)).toEqual([]);
  await (await getStore()).cases.close(caseRecord);
  const closedCase = await readCase(caseRecord.id);
  expect(await saveCaseStepForm({ session: ana, caseRecord: closedCase }, createForm(), undefined)).toEqual({
    kind: 'closed',
  });
});

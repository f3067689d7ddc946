import { expect, test, vi } from 'vitest';
import { sampleContext } from '../../domain/sample-answers.ts';
import { getStore } from '../../store/store.ts';
import { createDraft, createSavedSteps, createSubmission, readDraft } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { type LimitDraft, limitNothing, savePartialStep } from './save-partial-step.ts';

setUpTestStore();

async function save(
  token: string | undefined,
  input: Record<string, string>,
  limitDraft: LimitDraft = limitNothing,
  errors = {},
) {
  const { drafts, ledger } = await getStore();
  return savePartialStep(
    { drafts, ledger, limitDraft, context: sampleContext },
    { token, stepId: 'identity', input, errors },
  );
}

test('a form that the customer only looked at begins no draft', async () => {
  expect(await save(undefined, { firstName: '', phoneCountry: 'MX' })).toEqual({ kind: 'kept', token: undefined });
});

test('a text or an error on the page begins a draft, which is counted', async () => {
  const limitDraft = vi.fn(limitNothing);
  const result = await save(undefined, { firstName: 'Rosa' }, limitDraft);
  expect((await readDraft('token' in result ? (result.token ?? '') : '')).content.typed?.identity?.input).toEqual({
    firstName: 'Rosa',
  });
  expect(await save(undefined, { firstName: '' }, limitDraft, { firstName: 'required' })).toMatchObject({
    token: expect.any(String),
  });
  expect(limitDraft).toHaveBeenCalledTimes(2);
});

test('over the limit of new drafts nothing is saved', async () => {
  const limitDraft = async () => ({ retryAfterMs: 1_000 });
  expect(await save(undefined, { firstName: 'Rosa' }, limitDraft)).toMatchObject({
    kind: 'limited',
    retryAfterMs: 1_000,
  });
});

test('a card number in another field is not kept', async () => {
  const { token } = await createDraft();
  await save(token, { firstName: '4111 1111 1111 1111', lastName: 'Luna' });
  expect((await readDraft(token)).content.typed?.identity?.input).toEqual({ firstName: '', lastName: 'Luna' });
});

test('a text that is too long is an error, and nothing is saved', async () => {
  const { token } = await createDraft();
  expect(await save(token, { firstName: 'x'.repeat(500) })).toMatchObject({
    kind: 'invalid',
    errors: { firstName: expect.any(String) },
  });
  expect((await readDraft(token)).content.typed).toBeUndefined();
});

test('a half-filled form changes neither the saved answers nor the version of the draft', async () => {
  const steps = createSavedSteps();
  const { token, draft } = await createDraft({ steps });
  await save(token, { firstName: 'Rosa' });
  expect(await readDraft(token)).toMatchObject({ version: draft.version, content: { steps } });
});

test('once the details are on their way nothing is saved', async () => {
  const { token, draft } = await createDraft({ steps: createSavedSteps() });
  await createSubmission(draft, 'parked');
  expect(await save(token, { firstName: 'Rosa' })).toEqual({ kind: 'kept', token: undefined });
  expect((await readDraft(token)).content.typed).toBeUndefined();
});

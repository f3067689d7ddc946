import { expect, test, vi } from 'vitest';
import type { FormInput } from '../../domain/form-input.ts';
import { sampleContext, sampleInputs } from '../../domain/sample-answers.ts';
import { getStore } from '../../store/store.ts';
import { createDraft, createSavedSteps, createSubmission, readDraft } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { type LimitDraft, limitNothing } from './save-partial-step.ts';
import { saveStep } from './save-step.ts';

setUpTestStore();

const identity = { ...sampleInputs.identity, firstName: 'Rosa', email: '', noEmail: 'yes' };

async function createTools(limitDraft: LimitDraft = limitNothing) {
  const { drafts, ledger } = await getStore();
  return { drafts, ledger, limitDraft, context: sampleContext, now: new Date('2026-11-22T12:00:00Z') };
}

test('a valid step is saved, its half-filled form is dropped, and the customer goes to the next open step', async () => {
  const partialSteps = {
    identity: { input: { firstName: 'R' }, errors: {} },
    address: { input: { city: 'X' }, errors: {} },
  };
  const { token } = await createDraft({ steps: {}, typed: partialSteps });
  const result = await saveStep(await createTools(), { token, stepId: 'identity', input: identity });
  expect(result).toEqual({ kind: 'saved', token, next: 'address' });
  const { content } = await readDraft(token);
  expect(content.steps.identity?.input).toMatchObject({ firstName: 'Rosa' });
  expect(Object.keys(content.typed ?? {})).toEqual(['address']);
});

test('a customer who changes the payment is offered to keep or replace the saved card', async () => {
  const savedAt = '2026-11-22T11:59:00Z';
  const steps = createSavedSteps();
  const { token } = await createDraft({ steps: { ...steps, card: { input: sampleInputs.card, savedAt } } });
  const save = async (input: FormInput) => saveStep(await createTools(), { token, stepId: 'payment', input });
  expect(await save(sampleInputs.payment)).toMatchObject({ kind: 'saved', next: 'card' });
  const wallet = { paymentMethodType: 'DigitalWallet', ubnParams: { number: '' } };
  expect(await save(wallet)).toMatchObject({ kind: 'saved', next: 'review' });
});

test('another step leads past a saved card', async () => {
  const savedAt = '2026-11-22T11:59:00Z';
  const steps = { ...createSavedSteps(), payment: { input: sampleInputs.payment, savedAt } };
  const { token } = await createDraft({ steps: { ...steps, card: { input: sampleInputs.card, savedAt } } });
  const result = await saveStep(await createTools(), { token, stepId: 'identity', input: identity });
  expect(result).toMatchObject({ kind: 'saved', next: 'review' });
});

test('a draft begins without a token and after the draft of the token has expired', async () => {
  for (const token of [undefined, 'expired']) {
    const result = await saveStep(await createTools(), { token, stepId: 'identity', input: identity });
    expect(result).toMatchObject({ kind: 'saved', token: expect.not.stringMatching('expired') });
  }
});

test('over the limit of new drafts nothing is saved; a draft that exists is not counted', async () => {
  const limitDraft = vi.fn(async () => ({ retryAfterMs: 5_000 }));
  const tools = await createTools(limitDraft);
  const step = { stepId: 'identity', input: identity } as const;
  expect(await saveStep(tools, { token: undefined, ...step })).toMatchObject({ kind: 'limited', retryAfterMs: 5_000 });
  const { token } = await createDraft();
  expect(await saveStep(tools, { token, ...step })).toMatchObject({ kind: 'saved' });
  expect(limitDraft).toHaveBeenCalledTimes(1);
});

test('an invalid step does not change the draft', async () => {
  const { token, draft } = await createDraft();
  const input = { ...identity, phoneNumber: '12' };
  const result = await saveStep(await createTools(), { token, stepId: 'identity', input });
  expect(result).toMatchObject({ kind: 'invalid', errors: { phoneNumber: expect.any(String) } });
  expect(await readDraft(token)).toEqual(draft);
});

test('a field that a partner’s link locked keeps the partner’s answer', async () => {
  const steps = createSavedSteps('55 2120 7777', ['identity']);
  const { token } = await createDraft({ steps, partner: { link: 'l', locked: ['phoneNumber'] } });
  await saveStep(await createTools(), { token, stepId: 'identity', input: identity });
  expect((await readDraft(token)).content.steps.identity?.input).toMatchObject({
    firstName: 'Rosa',
    phoneNumber: '55 2120 7777',
  });
});

test('two tabs that save different steps at the same time both succeed', async () => {
  const { token } = await createDraft({ steps: createSavedSteps(undefined, ['identity']) });
  const tools = await createTools();
  const results = await Promise.all([
    saveStep(tools, { token, stepId: 'identity', input: identity }),
    saveStep(tools, { token, stepId: 'address', input: sampleInputs.address }),
  ]);
  expect(results.map(({ kind }) => kind)).toEqual(['saved', 'saved']);
  expect(Object.keys((await readDraft(token)).content.steps).toSorted()).toEqual(['address', 'identity']);
});

test('details that were delivered are not changed', async () => {
  const { token, draft } = await createDraft({ steps: createSavedSteps() });
  await createSubmission(draft, 'succeeded');
  expect(await saveStep(await createTools(), { token, stepId: 'identity', input: identity })).toEqual({
    kind: 'locked',
  });
});

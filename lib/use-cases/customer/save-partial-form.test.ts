import { expect, test } from 'vitest';
import { NO_MARK, OTHER_PERSON_MARK } from '../../domain/form-stamp.ts';
import { createDraft, createSavedSteps, readDraft } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import type { FormSubject } from './form-subject.ts';
import type { PostedStep } from './posted-step.ts';
import { savePartialForm, savePartialFormOfClosedPage } from './save-partial-form.ts';
import { limitNothing } from './save-partial-step.ts';

setUpTestStore();

const createSubject = (changes: Partial<FormSubject>): FormSubject => ({
  kind: 'draft',
  token: undefined,
  mark: 'dmark',
  isCurrent: true,
  answerMark: undefined,
  begunBy: undefined,
  limitDraft: limitNothing,
  ...changes,
});
const createForm = (input: PostedStep['input'] = { firstName: 'Rosa' }): PostedStep => ({
  stepId: 'identity',
  input,
  shownErrors: { firstName: 'required' },
  stamp: undefined,
});
const readPartialStep = async (token: string) => (await readDraft(token)).content.typed?.identity;

test('a half-filled form is saved with the errors that its page showed', async () => {
  const { token } = await createDraft();
  const result = await savePartialForm(createSubject({ token }), createForm(), { isTouched: true });
  expect(result).toEqual({ kind: 'left', token });
  expect(await readPartialStep(token)).toEqual({ input: { firstName: 'Rosa' }, errors: { firstName: 'required' } });
});

test('a form that was not changed is left without a save', async () => {
  const { token } = await createDraft();
  const result = await savePartialForm(createSubject({ token }), createForm(), { isTouched: false });
  expect(result).toEqual({ kind: 'left', token: undefined });
  expect(await readPartialStep(token)).toBeUndefined();
});

test('the page shows an outdated form again, except without script, when it may be unchanged', async () => {
  const { token } = await createDraft({ steps: createSavedSteps() });
  const subject = createSubject({ token, answerMark: NO_MARK });
  expect(await savePartialForm(subject, createForm(), { isTouched: true })).toMatchObject({
    kind: 'rejected',
    form: { problem: 'changed' },
  });
  expect(await savePartialForm(subject, createForm(), { isTouched: undefined })).toEqual({
    kind: 'left',
    token: undefined,
  });
  expect(await readPartialStep(token)).toBeUndefined();
});

test('a form of another or an unknown application is not saved', async () => {
  const exit = { isTouched: true };
  expect(await savePartialForm({ kind: 'another' }, createForm(), exit)).toEqual({ kind: 'another' });
  const result = await savePartialForm({ kind: 'begun', mark: 'dmark' }, createForm(), exit);
  expect(result).toMatchObject({ kind: 'rejected', form: { problem: 'begun', stamp: 'rdmark.-' } });
});

test('of a closed page, the texts that are not too long are saved', async () => {
  const { token } = await createDraft();
  const form = createForm({ firstName: 'Rosa', lastName: 'x'.repeat(500) });
  const input = { firstName: 'Rosa', lastName: '' };
  expect(await savePartialFormOfClosedPage(createSubject({ token }), form)).toEqual({ kind: 'saved', token, input });
  expect(await savePartialForm(createSubject({ token }), form, { isTouched: true })).toMatchObject({
    kind: 'rejected',
  });
});

test('of a closed page, a form that does not belong to the draft without a doubt is dropped', async () => {
  const { token } = await createDraft({ steps: createSavedSteps() });
  const dropped = { kind: 'dropped' };
  expect(await savePartialFormOfClosedPage(createSubject({ token, isCurrent: false }), createForm())).toEqual(dropped);
  expect(
    await savePartialFormOfClosedPage(createSubject({ token, answerMark: OTHER_PERSON_MARK }), createForm()),
  ).toEqual(dropped);
  expect(await savePartialFormOfClosedPage({ kind: 'begun', mark: 'dmark' }, createForm())).toEqual(dropped);
  expect(await savePartialFormOfClosedPage({ kind: 'another' }, createForm())).toEqual({ kind: 'another' });
  expect(await readPartialStep(token)).toBeUndefined();
});

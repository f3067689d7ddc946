import { expect, test, vi } from 'vitest';
import { getFillSources } from '../../domain/documents/fill-form.ts';
import { getFieldText } from '../../domain/form-input.ts';
import { getStepForm } from '../../domain/journey.ts';
import { sampleContext, sampleInputs } from '../../domain/sample-answers.ts';
import { getStore } from '../../store/store.ts';
import { createDraft, createSavedSteps, createSubmission, readDraft } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { fillFromSource } from './fill-from-source.ts';
import { type LimitDraft, limitNothing, savePartialStep } from './save-partial-step.ts';

setUpTestStore();

const FIELDS = { firstName: 'MARIA', lastName: 'GARCIA', dob: '1987-06-24', gender: 'Female' };
const ADDRESS = { address1: '1123 MAPLE AVE', city: 'LODI', state: 'California', zipCode: '95240', countryCode: 'US' };
const american = { ...sampleContext, countries: ['MX', 'US'] };

async function fill(token: string | undefined, fields: object = FIELDS, limitDraft: LimitDraft = limitNothing) {
  const { drafts, ledger } = await getStore();
  return fillFromSource({ drafts, ledger, limitDraft, context: american }, { token, fields, source: 'document' });
}

async function readForms(token: string | undefined) {
  const { content } = await readDraft(token ?? '');
  return { content, identity: getStepForm(content, 'identity'), address: getStepForm(content, 'address') };
}

test('a document begins a draft, whose forms wait on their pages with their source', async () => {
  const limitDraft = vi.fn(limitNothing);
  const result = await fill(undefined, { ...FIELDS, ...ADDRESS }, limitDraft);
  expect(result).toMatchObject({ kind: 'filled', token: expect.any(String) });
  expect(limitDraft).toHaveBeenCalledTimes(1);
  const { content, identity, address } = await readForms('token' in result ? result.token : undefined);
  expect(identity).toMatchObject({
    firstName: 'MARIA',
    dob: { day: '24', month: '06', year: '1987' },
    phoneNumber: '',
  });
  expect(address).toMatchObject({ address1: '1123 MAPLE AVE', countryCode: 'US' });
  expect(content.steps).toEqual({});
  expect(getFillSources(content, content.filled)).toMatchObject({ firstName: 'document', zipCode: 'document' });
});

test('what the customer typed before stays, and what they change afterwards counts as typed', async () => {
  const { token } = await createDraft();
  const { drafts, ledger } = await getStore();
  const tools = { drafts, ledger, limitDraft: limitNothing, context: american };
  const type = (texts: object) =>
    savePartialStep(tools, { token, stepId: 'identity', input: { ...texts }, errors: {} });
  await type({ firstName: 'María', phoneNumber: '55 1234 5678' });
  await fill(token);
  const { identity } = await readForms(token);
  expect(identity).toMatchObject({ firstName: 'María', lastName: 'GARCIA', phoneNumber: '55 1234 5678' });
  await type({ ...identity, lastName: 'Gracia' });
  const { content } = await readForms(token);
  expect(getFillSources(content, content.filled)).toEqual({
    'dob.day': 'document',
    'dob.month': 'document',
    'dob.year': 'document',
    gender: 'document',
  });
});

test('saved answers and the version stay until the customer continues', async () => {
  const { token, draft } = await createDraft({ steps: createSavedSteps() });
  await fill(token, { ...FIELDS, firstName: 'LAURA' });
  const { version, content } = await readDraft(token);
  expect(version).toBe(draft.version);
  expect(getFieldText(content.steps.identity?.input ?? {}, 'firstName')).toBe(sampleInputs.identity.firstName);
  expect(content.typed?.identity?.input['firstName']).toBe('LAURA');
  expect(content.typed?.address).toBeUndefined();
});

test('a partner’s locked answer stays', async () => {
  const { token } = await createDraft({
    steps: createSavedSteps(),
    partner: { link: 'l', locked: ['firstName'] },
  });
  await fill(token, { ...FIELDS, firstName: 'LAURA' });
  const { content, identity } = await readForms(token);
  expect(identity['firstName']).toBe(sampleInputs.identity.firstName);
  expect(getFillSources(content, content.filled)).not.toHaveProperty('firstName');
});

test('details on their way are not changed', async () => {
  const { token, draft } = await createDraft({ steps: createSavedSteps() });
  await createSubmission(draft, 'parked');
  await fill(token, { ...FIELDS, firstName: 'LAURA' });
  expect((await readDraft(token)).content.typed).toBeUndefined();
});

test('a document without a value for the form begins nothing, and over the limit nothing is saved', async () => {
  expect(await fill(undefined, {})).toEqual({ kind: 'filled', token: undefined, fields: [] });
  const limitDraft = async () => ({ retryAfterMs: 1_000 });
  expect(await fill(undefined, FIELDS, limitDraft)).toEqual({ kind: 'limited', retryAfterMs: 1_000 });
});

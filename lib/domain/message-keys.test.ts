import { expect, test } from 'vitest';
import en from '../i18n/messages/en.json' with { type: 'json' };
import es from '../i18n/messages/es.json' with { type: 'json' };
import { getPhoneRules } from '../reference-data/get-phone-rules.ts';
import { QUESTIONS, SILENT_FIELDS } from './assist/questions.ts';
import { type FormInput, readForm, toFieldErrors } from './form-input.ts';
import { getJourneyProgress } from './journey.ts';
import { OPTIONAL_FIELDS } from './journey-context.ts';
import { sampleContext, sampleInputs } from './sample-answers.ts';
import { getStep, readStep, type StepId, steps } from './steps/index.ts';
import { CORRECTABLE_FIELDS } from './upstream-responses/catalogue.ts';

const BAD = [
  '',
  ' ',
  'x',
  '0',
  '99',
  '3000',
  'x'.repeat(300),
  '\u0007',
  '4111111111111111',
  'a@',
  '+52',
  '002320275621938816',
];

const getText = (key: string, under: unknown = en.errors): unknown =>
  key.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], under);

/** An agent reads it out: the question again when nothing was said, else a sentence of its own, in both languages. */
function expectSpoken(key: string): void {
  if (key.endsWith('.required')) return;
  for (const { spoken } of [en, es]) expect(typeof getText(key, spoken.again), `spoken ${key}`).toBe('string');
}

/** The sample with one field, at any depth, changed. */
function* createInvalidInputs(input: FormInput): Generator<FormInput> {
  for (const [name, value] of Object.entries(input)) {
    if (typeof value === 'string') for (const bad of BAD) yield { ...input, [name]: bad };
    else for (const inner of createInvalidInputs(value)) yield { ...input, [name]: inner };
  }
}

test.each(steps.map(({ id }) => id))('every error that the step %s can give has words and a field', (id: StepId) => {
  const step = getStep(id);
  const messageKeys = new Set<string>();
  const insists = Object.fromEntries(OPTIONAL_FIELDS.map((name) => [name, 'required'])) as typeof sampleContext.fields;
  for (const context of [
    sampleContext,
    { ...sampleContext, country: 'US', countries: ['US', 'MX'], phoneRules: getPhoneRules(['US', 'MX']) },
    { ...sampleContext, fields: insists },
  ]) {
    const start: FormInput =
      id === 'payment' ? { paymentMethodType: 'UBN', ubnParams: { number: '1' } } : sampleInputs[id];
    const forged = readForm({ get: () => null }, step.fields);
    for (const input of [forged, ...createInvalidInputs(start)]) {
      const parsed = step.schema(context).safeParse(input);
      if (parsed.success) continue;
      for (const [field, key] of Object.entries(toFieldErrors(parsed.error.issues))) {
        messageKeys.add(key);
        expect(typeof getText(key), `${field}: ${key}`).toBe('string');
        if (id !== 'card') expectSpoken(key);
      }
    }
  }
  expect(messageKeys.size).toBeGreaterThan(1);
});

test('an address in another country than the phone has words', () => {
  const context = { ...sampleContext, countries: ['US', 'MX'], phoneRules: getPhoneRules(['US', 'MX']) };
  const phoneNumber = '+1 213 555 0187';
  const saved = { identity: { input: { ...sampleInputs.identity, phoneNumber }, savedAt: '' } };
  const { validAnswers } = getJourneyProgress(saved, context, '2026-11-22T12:00:00.000Z');
  const { errors } = readStep(getStep('address'), sampleInputs.address, validAnswers, context);
  expect(errors).toEqual({ countryCode: 'countryCode.phone' });
  for (const key of Object.values(errors)) {
    expect(typeof getText(key)).toBe('string');
    expectSpoken(key);
  }
});

test('what the upstream says no to can be asked again aloud', () => {
  for (const { error } of Object.values(CORRECTABLE_FIELDS)) expectSpoken(error);
});

test('each field of a step at the console is a question that is read out, or is listed as silent', () => {
  for (const [id, questions] of Object.entries(QUESTIONS)) {
    const { fields } = getStep(id as StepId);
    const isCovered = (field: string) =>
      SILENT_FIELDS.has(field) || questions.some((name) => field === name || field.startsWith(`${name}.`));
    expect(
      fields.filter((field) => !isCovered(field)),
      id,
    ).toEqual([]);
  }
});

test('each question at the console has a sentence that is read out, in both languages', () => {
  for (const { spoken } of [en, es])
    for (const name of Object.values(QUESTIONS).flat()) expect(typeof getText(name, spoken.ask), name).toBe('string');
});

import { expect, test } from 'vitest';
import en from '../i18n/messages/en.json' with { type: 'json' };
import { type FormInput, readForm, toFieldErrors } from './form-input.ts';
import { OPTIONAL_FIELDS } from './journey-context.ts';
import { sampleContext, sampleInputs } from './sample-answers.ts';
import { type StepId, stepOf, steps } from './steps/index.ts';

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

const textOf = (key: string): unknown =>
  key.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], en.errors);

/** The sample with one field, at any depth, changed. */
function* spoilt(input: FormInput): Generator<FormInput> {
  for (const [name, value] of Object.entries(input)) {
    if (typeof value === 'string') for (const bad of BAD) yield { ...input, [name]: bad };
    else for (const inner of spoilt(value)) yield { ...input, [name]: inner };
  }
}

test.each(steps.map(({ id }) => id))('every error that the step %s can give has words and a field', (id: StepId) => {
  const step = stepOf(id);
  const seen = new Set<string>();
  const insists = Object.fromEntries(OPTIONAL_FIELDS.map((name) => [name, 'required'])) as typeof sampleContext.fields;
  for (const context of [
    sampleContext,
    { ...sampleContext, country: 'US', countries: ['US', 'MX'] },
    { ...sampleContext, fields: insists },
  ]) {
    const start: FormInput =
      id === 'payment' ? { paymentMethodType: 'UBN', ubnParams: { number: '1' } } : sampleInputs[id];
    const forged = readForm({ get: () => null }, step.fields);
    for (const input of [forged, ...spoilt(start)]) {
      const parsed = step.schema(context).safeParse(input);
      if (parsed.success) continue;
      for (const [field, key] of Object.entries(toFieldErrors(parsed.error.issues))) {
        seen.add(key);
        expect(typeof textOf(key), `${field}: ${key}`).toBe('string');
      }
    }
  }
  expect(seen.size).toBeGreaterThan(1);
});

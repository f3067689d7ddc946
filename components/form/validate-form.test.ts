import { expect, test } from 'vitest';
import { sampleContext, sampleInputs } from '@/lib/domain/sample-answers';
import { createIdentitySchema } from '@/lib/domain/steps/identity/schema';
import { identityStep } from '@/lib/domain/steps/identity/step';
import { paymentStep } from '@/lib/domain/steps/payment/step';
import { hasErrors, removeCardNumbers, validateForm } from './validate-form';

const CARD_NUMBER = '4111 1111 1111 1111';

function createForm(values: Readonly<Record<string, string>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(values)) form.set(name, value);
  return form;
}

test('a posted form loses a card number that was typed in a hidden field, and the given form keeps it', () => {
  const form = createForm({ paymentMethodType: 'DigitalWallet', 'ubnParams.number': CARD_NUMBER, other: 'text' });
  expect([...removeCardNumbers(form, paymentStep, sampleContext)]).toEqual([
    ['paymentMethodType', 'DigitalWallet'],
    ['ubnParams.number', ''],
    ['other', 'text'],
  ]);
  expect(form.get('ubnParams.number')).toBe(CARD_NUMBER);
});

test('validation names the fields that the schema rejects', () => {
  const schema = createIdentitySchema(sampleContext);
  const errors = validateForm(schema, identityStep.fields, createForm({ firstName: '' }));
  expect(Object.keys(errors)).toContain('firstName');
  const { dob, ...fields } = sampleInputs.identity;
  const values = { ...fields, 'dob.day': dob.day, 'dob.month': dob.month, 'dob.year': dob.year };
  expect(hasErrors(validateForm(schema, identityStep.fields, createForm(values)))).toBe(false);
});

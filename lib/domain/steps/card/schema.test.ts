import { expect, test } from 'vitest';
import { toFieldErrors } from '../../form-input.ts';
import { sampleContext, sampleInputs } from '../../sample-answers.ts';
import { createCardSchema } from './schema.ts';

const findErrors = (changes: object) =>
  toFieldErrors(
    createCardSchema(sampleContext).safeParse({ addCardParams: { ...sampleInputs.card.addCardParams, ...changes } })
      .error?.issues ?? [],
  );

test('a form that was posted without the vault has errors only at fields that the page shows', () => {
  const noTexts = { number: '', securityCode: '', expirationDate: '', cardNetwork: '', lastFour: '' };
  const errors = {
    'addCardParams.number': 'addCardParams.number.required',
    'addCardParams.securityCode': 'addCardParams.securityCode.required',
    'addCardParams.expirationDate': 'addCardParams.expirationDate.required',
  };
  expect(findErrors(noTexts)).toEqual(errors);
  const missingTexts = Object.fromEntries(Object.keys(noTexts).map((name) => [name, undefined]));
  expect(findErrors(missingTexts)).toEqual(errors);
});

test.each([
  ['an unknown network', { cardNetwork: 'Diners' }, { 'addCardParams.number': 'card.network' }],
  ['last digits of another card', { lastFour: '4242' }, { 'addCardParams.number': 'card.fault' }],
  ['no last digits', { lastFour: '' }, { 'addCardParams.number': 'card.fault' }],
  ['a number that is no alias', { number: 'tok_x' }, { 'addCardParams.number': 'card.fault' }],
  ['an expired card', { expirationDate: '0120' }, { 'addCardParams.expirationDate': 'card.expired' }],
  ['no date', { expirationDate: '1328' }, { 'addCardParams.expirationDate': 'card.fault' }],
  ['a whole card', {}, {}],
])('%s', (_, changes, errors) => {
  expect(findErrors(changes)).toEqual(errors);
});

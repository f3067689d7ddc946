import { expect, test } from 'vitest';
import { findRemainingErrors } from './remaining-errors';

const REQUIRED = { firstName: 'firstName.required', lastName: 'lastName.required' };

test('a corrected error disappears, and the others stay', () => {
  const current = { lastName: 'lastName.required' };
  expect(findRemainingErrors({ shown: REQUIRED, previous: REQUIRED, current, changed: ['firstName'] })).toEqual(
    current,
  );
});

test('a field that is still wrong keeps its error, and a new error does not appear', () => {
  const current = { firstName: 'text.letters', lastName: 'lastName.required', city: 'city.required' };
  const shown = REQUIRED;
  expect(findRemainingErrors({ shown, previous: REQUIRED, current, changed: ['firstName'] })).toBe(shown);
});

test('an answer in another field corrects an error, as the tick for one surname does', () => {
  const shown = { lastName2: 'lastName2.required' };
  expect(findRemainingErrors({ shown, previous: shown, current: {}, changed: ['oneSurname'] })).toEqual({});
});

test('an error of the upstream disappears when its own field changes, and no other', () => {
  const shown = { 'dob.day': 'dob.refused', firstName: 'firstName.refused' };
  const check = { shown, previous: {}, current: {} };
  expect(findRemainingErrors({ ...check, changed: ['email'] })).toBe(shown);
  expect(findRemainingErrors({ ...check, changed: ['dob.year'] })).toEqual({ firstName: 'firstName.refused' });
});

test.each([
  ['firstName', 'lastName2'],
  ['ubnParams.number', 'paymentMethodType'],
])('an error of the upstream at %s is about the whole answer: %s corrects it', (name, changed) => {
  const shown = { [name]: `${name}.refused`, email: 'email.refused' };
  const check = { shown, previous: {}, current: {} };
  expect(findRemainingErrors({ ...check, changed: [changed] })).toEqual({ email: 'email.refused' });
});

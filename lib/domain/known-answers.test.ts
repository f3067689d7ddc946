import { expect, test } from 'vitest';
import { listKnownTexts } from './known-answers.ts';

const input = {
  firstName: 'Ana',
  lastName: 'Ruiz',
  lastName2: '',
  dob: { day: '1', month: '2', year: '1990' },
  phoneNumber: '+52 55 1234 5678',
  gender: 'Female',
  placeDetail: '{}',
};

test('known answers read as a line, without gaps, codes or data of maps', () => {
  const known = ['phoneNumber', 'firstName', 'lastName', 'lastName2', 'gender', 'placeDetail'];
  expect(listKnownTexts(input, known)).toEqual(['Ana Ruiz', '+52 55 1234 5678']);
  expect(listKnownTexts(input, ['dob.day', 'dob.month', 'dob.year'])).toEqual(['1 2 1990']);
});

test('what the page asks is not in the line', () => {
  expect(listKnownTexts(input, [])).toEqual([]);
});

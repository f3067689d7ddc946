import { expect, test } from 'vitest';
import { getFieldText, readForm } from './form-input.ts';

test('a field that is posted twice has its first value, and no other name is read', () => {
  const form = new FormData();
  for (const [name, value] of [
    ['firstName', 'Ana'],
    ['firstName', 'Mallory'],
    ['dob.day', '1'],
    ['dob.day', '2'],
    ['isAdmin', 'yes'],
  ] as const)
    form.append(name, value);
  const input = readForm(form, ['firstName', 'dob.day']);
  expect(input).toEqual({ firstName: 'Ana', dob: { day: '1' } });
  expect([getFieldText(input, 'firstName'), getFieldText(input, 'dob.day')]).toEqual(['Ana', '1']);
});

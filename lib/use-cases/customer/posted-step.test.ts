import { expect, test } from 'vitest';
import { hasStepFields, listFilledFields, readPostedStep } from './posted-step.ts';

function createForm(fields: Record<string, string>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

test('only the fields of the step are read, with the errors that the page showed and its stamp', () => {
  const form = createForm({
    firstName: 'Rosa',
    'dob.day': '3',
    role: 'supervisor',
    stamp: 'dabc.a1',
    shownErrors: 'firstName=required&role=required',
  });
  const posted = readPostedStep('identity', form);
  expect(posted.input).toMatchObject({ firstName: 'Rosa', lastName: '', dob: { day: '3', month: '', year: '' } });
  expect(posted.input).not.toHaveProperty('role');
  expect(posted.shownErrors).toEqual({ firstName: 'required' });
  expect(posted.stamp).toEqual({ subject: 'dabc', seen: 'a1' });
  expect(listFilledFields(posted)).toEqual(['firstName', 'dob.day']);
});

test('a form without a field of the step is none of the step', () => {
  expect(hasStepFields('identity', createForm({ firstName: '' }))).toBe(true);
  expect(hasStepFields('identity', createForm({ stamp: 'dabc.a1', lang: 'es' }))).toBe(false);
});

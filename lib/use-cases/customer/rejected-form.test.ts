import { expect, test } from 'vitest';
import { buildReplacementForm, toRejectedForm } from './rejected-form.ts';

const values = { firstName: 'Rosa' };

test('errors are shown with the values that may be shown again', () => {
  const errors = { firstName: 'required' };
  expect(toRejectedForm({ kind: 'invalid', errors, values }, 'dabc')).toEqual({ values, errors });
});

test('a limit is shown in whole minutes', () => {
  expect(toRejectedForm({ kind: 'limited', retryAfterMs: 60_001, values }, 'dabc')).toMatchObject({ waitMinutes: 2 });
});

test('an outdated form gets a stamp of the present answer, so that its next post counts', () => {
  const form = toRejectedForm({ kind: 'changed', values, seen: 'a2' }, 'dabc');
  expect(form).toEqual({ values, errors: {}, problem: 'changed', stamp: 'dabc.a2' });
});

test('a blank form gets a stamp that replaces the present application', () => {
  expect(buildReplacementForm(values, 'dabc')).toMatchObject({ problem: 'begun', stamp: 'rdabc.-' });
});

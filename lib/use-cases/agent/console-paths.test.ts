import { expect, test } from 'vitest';
import { getCasePath, getPathAfterAction } from './console-paths.ts';

test('an action on a closed case leads to the list, every other one to the hand-over page', () => {
  expect(getPathAfterAction('en', 'c', { kind: 'closed' })).toBe('/assist/next?lang=en');
  for (const kind of ['done', 'impossible', 'locked'])
    expect(getPathAfterAction('es', 'c', { kind })).toBe('/es/assist/cases/c/hand-over');
  expect(getCasePath('es', 'c', 'identity')).toBe('/es/assist/cases/c/identity');
});

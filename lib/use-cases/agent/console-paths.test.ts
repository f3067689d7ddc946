import { expect, test } from 'vitest';
import { getCasePath, getOpenedPath, getPathAfterAction } from './console-paths.ts';

test('an action on a closed case leads to the list, every other one to the hand-over page', () => {
  expect(getPathAfterAction('en', 'c', { kind: 'closed' })).toBe('/assist/next?lang=en');
  for (const kind of ['done', 'impossible', 'locked'])
    expect(getPathAfterAction('es', 'c', { kind })).toBe('/es/assist/cases/c/hand-over');
  expect(getCasePath('es', 'c', 'identity')).toBe('/es/assist/cases/c/identity');
});

test('a customer whom the agent found leads to the case, to the request, or back to the list with whole minutes', () => {
  expect(getOpenedPath('en', { kind: 'case', caseId: 'c' })).toBe('/en/assist/cases/c');
  expect(getOpenedPath('es', { kind: 'claimed', requestId: 'r' })).toBe('/es/assist/take-over/r');
  expect(getOpenedPath('es', { kind: 'limited', retryAfterMs: 61_000 })).toBe('/es/assist?wait=2');
});

import { expect, test } from 'vitest';
import { caseStateOf, isOutcome } from './case-state.ts';

const sent = { isBusy: false, link: undefined, draftVersion: 3 };

test('as long as nothing was sent, a case is as far as its hand-over', () => {
  expect(caseStateOf(undefined, 1, undefined)).toBe('none');
  expect(caseStateOf(undefined, 1, 'opened')).toBe('opened');
});

test('what was sent says how it ended, whatever the hand-over says', () => {
  expect(caseStateOf({ ...sent, state: 'ambiguous' }, 9, 'stopped')).toBe('checking');
  expect(caseStateOf({ ...sent, state: 'succeeded' }, 9, 'opened')).toBe('delivered');
  expect(caseStateOf({ ...sent, state: 'succeeded', link: 'https://links.test/x' }, 9, 'opened')).toBe('delivered');
  expect(caseStateOf({ ...sent, state: 'received' }, 3, 'opened')).toBe('not-sent');
});

test('an end that other answers met is over once they are changed', () => {
  expect(caseStateOf({ ...sent, state: 'refused' }, 3, 'opened')).toBe('refused');
  expect(caseStateOf({ ...sent, state: 'refused' }, 4, 'opened')).toBe('opened');
  expect(caseStateOf({ ...sent, state: 'expired' }, 3, 'waiting')).toBe('waiting');
});

test('an outcome is not a hand-over', () => {
  expect(isOutcome('opened')).toBe(false);
  expect(isOutcome('parked')).toBe(true);
});

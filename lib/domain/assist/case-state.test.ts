import { expect, test } from 'vitest';
import { getCaseState, isCaseOutcome } from './case-state.ts';

const submission = { isBusy: false, link: undefined, draftVersion: 3 };

test('as long as nothing was sent, a case is as far as its hand-over', () => {
  expect(getCaseState(undefined, 1, undefined)).toBe('none');
  expect(getCaseState(undefined, 1, 'opened')).toBe('opened');
});

test('what was sent says how it ended, whatever the hand-over says', () => {
  expect(getCaseState({ ...submission, state: 'ambiguous' }, 9, 'stopped')).toBe('checking');
  expect(getCaseState({ ...submission, state: 'succeeded' }, 9, 'opened')).toBe('delivered');
  expect(getCaseState({ ...submission, state: 'succeeded', link: 'https://links.test/x' }, 9, 'opened')).toBe(
    'delivered',
  );
  expect(getCaseState({ ...submission, state: 'received' }, 3, 'opened')).toBe('not-sent');
});

test('an end that other answers met is over once they are changed', () => {
  expect(getCaseState({ ...submission, state: 'refused' }, 3, 'opened')).toBe('refused');
  expect(getCaseState({ ...submission, state: 'refused' }, 4, 'opened')).toBe('opened');
  expect(getCaseState({ ...submission, state: 'expired' }, 3, 'waiting')).toBe('waiting');
});

test('an outcome is not a hand-over', () => {
  expect(isCaseOutcome('opened')).toBe(false);
  expect(isCaseOutcome('parked')).toBe(true);
});

import { expect, test } from 'vitest';
import { toSearchFailure } from './search-failure.ts';

test.each([
  ['PERMISSION_DENIED', 'refused'],
  ['UNAUTHENTICATED', 'refused'],
  ['RESOURCE_EXHAUSTED', 'later'],
  ['UNAVAILABLE', 'now'],
  ['DEADLINE_EXCEEDED', 'now'],
  ['INTERNAL', 'now'],
  ['SOMETHING_NEW', 'now'],
] as const)('Google’s %s is %s', (code, failure) => {
  expect(toSearchFailure(Object.assign(new Error('Places request failed'), { code }))).toBe(failure);
});

test.each([new TypeError('Failed to fetch'), 'a text', null, undefined])(
  'what is no error of Google’s may pass',
  (error) => {
    expect(toSearchFailure(error)).toBe('now');
  },
);

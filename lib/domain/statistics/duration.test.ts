import { expect, test } from 'vitest';
import { formatDuration } from './duration.ts';

test.each([
  [0.4, '0 s'],
  [21, '21 s'],
  [59.6, '1 min'],
  [125, '2 min 5 s'],
  [3_600, '1 h'],
  [3_930, '1 h 5 min'],
])('%s seconds are %s', (seconds, text) => {
  expect(formatDuration(seconds)).toBe(text);
});

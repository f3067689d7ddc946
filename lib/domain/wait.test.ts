import { expect, test } from 'vitest';
import { parseWaitMinutes, toWaitMinutes } from './wait.ts';

test('minutes to wait are whole, at least one and at most a day', () => {
  expect([0, -5, 1, 60_000, 60_001, 86_400_001].map(toWaitMinutes)).toEqual([1, 1, 1, 1, 2, 1440]);
});

test('an address says 1 to 1440 minutes or nothing', () => {
  expect(['1', '10', '1440'].map(parseWaitMinutes)).toEqual([1, 10, 1440]);
  for (const bad of ['', '0', '01', '1441', '9999', '-1', '1.5', '1e2', ' 1', '１', '<b>', ['1'], undefined])
    expect([bad, parseWaitMinutes(bad)]).toEqual([bad, undefined]);
});

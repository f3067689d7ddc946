import { expect, test } from 'vitest';
import { createDeniedAccessLimiter } from './denied-access-limiter.ts';

test('the same refusal of a session is written down once in ten minutes, another one at once', () => {
  let now = 0;
  const shouldRecord = createDeniedAccessLimiter(() => now);
  const recordAll = () => [
    shouldRecord('s1', 'case.read a'),
    shouldRecord('s1', 'case.read b'),
    shouldRecord('s2', 'case.read a'),
  ];
  expect(recordAll()).toEqual([true, true, true]);
  expect(recordAll()).toEqual([false, false, false]);
  now = 600_000;
  expect(recordAll()).toEqual([true, true, true]);
});

test('a flood of different refusals of one session is bounded, and costs no other session its entries', () => {
  const shouldRecord = createDeniedAccessLimiter(() => 0);
  const recorded = Array.from({ length: 5_000 }, (_, index) => shouldRecord('s1', `case.read ${index}`)).filter(
    Boolean,
  );
  expect(recorded).toHaveLength(60);
  expect(shouldRecord('s2', 'case.read 1')).toBe(true);
});

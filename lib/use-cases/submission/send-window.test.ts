import { expect, test } from 'vitest';
import { openSendWindow } from './send-window.ts';

const clocks = () => {
  const time = { day: 1_000_000, monotonic: 50 };
  return { time, now: () => new Date(time.day), monotonicMs: () => time.monotonic };
};

test.each([
  ['both clocks go on', { day: 999, monotonic: 999 }, true],
  ['both clocks reach the end', { day: 1_000, monotonic: 1_000 }, false],
  ['the process was suspended and its monotonic clock stood still', { day: 1_000, monotonic: 0 }, false],
  ['the time of day was set back', { day: -60_000, monotonic: 1_000 }, false],
  ['the time of day was set back and little time has passed', { day: -60_000, monotonic: 10 }, true],
])('when %s', (_what, passed, canSend) => {
  const { time, ...both } = clocks();
  const isOpen = openSendWindow(both, 1_000);
  time.day += passed.day;
  time.monotonic += passed.monotonic;
  expect(isOpen()).toBe(canSend);
});

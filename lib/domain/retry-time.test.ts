import { expect, test } from 'vitest';
import { parseRetryTime, parseWaitMinutes, toRetryTime, toWaitMinutes } from './retry-time.ts';

test('minutes to wait are whole, at least one and at most a day', () => {
  expect([0, -5, 1, 60_000, 60_001, 86_400_001].map(toWaitMinutes)).toEqual([1, 1, 1, 1, 2, 1440]);
});

test('an address says 1 to 1440 minutes or nothing', () => {
  expect(['1', '10', '1440'].map(parseWaitMinutes)).toEqual([1, 10, 1440]);
  for (const bad of ['', '0', '01', '1441', '9999', '-1', '1.5', '1e2', ' 1', '１', '<b>', ['1'], undefined])
    expect([bad, parseWaitMinutes(bad)]).toEqual([bad, undefined]);
});

const NOW = new Date('2026-11-27T16:00:30.000Z');
const DAY_MS = 86_400_000;

test('a pause of a minute and more has a time, rounded up to a minute, and comes back as that', () => {
  expect(toRetryTime(NOW, DAY_MS)).toBe('2026-11-28T16:01Z');
  for (const pause of [60_000, 90_000, DAY_MS, 30 * DAY_MS]) {
    const retryTime = parseRetryTime(toRetryTime(NOW, pause), NOW);
    const remainingMs = Number(retryTime?.getTime()) - NOW.getTime();
    expect([pause, remainingMs >= pause && remainingMs < pause + 60_000]).toEqual([pause, true]);
  }
});

test('a pause that is short, unknown or endless has no time', () => {
  for (const pause of [undefined, 0, 59_999, 31 * DAY_MS, Number.POSITIVE_INFINITY])
    expect([pause, toRetryTime(NOW, pause)]).toEqual([pause, '']);
});

test('an address says a minute to come or nothing', () => {
  for (const bad of [
    '',
    'soon',
    '2026-11-28',
    '2026-11-28T16:01',
    '2026-11-28T16:01:00Z',
    '2026-13-28T16:01Z',
    '2026-11-28T16:01Z ',
    '2026-11-27T16:00Z',
    '2020-01-01T00:00Z',
    '2099-01-01T00:00Z',
    ['2026-11-28T16:01Z'],
    undefined,
  ])
    expect([bad, parseRetryTime(bad, NOW)]).toEqual([bad, undefined]);
});

import { expect, test } from 'vitest';
import { createDaySpan, formatDay } from './day-span.ts';

test('a day is as long as it is in its time zone', () => {
  const mexico = createDaySpan('2026-11-01', '2026-11-02', 'America/Mexico_City');
  expect(mexico?.start.toISOString()).toBe('2026-11-01T06:00:00.000Z');
  expect(mexico?.end.toISOString()).toBe('2026-11-03T06:00:00.000Z');
  // Clocks go back on this day in New York.
  const autumn = createDaySpan('2026-11-01', '2026-11-01', 'America/New_York');
  expect([autumn?.start.toISOString(), autumn?.end.toISOString()]).toEqual([
    '2026-11-01T04:00:00.000Z',
    '2026-11-02T05:00:00.000Z',
  ]);
});

test('days that do not exist, stand in the wrong order or are too many are no span', () => {
  for (const [from, to] of [
    ['2026-02-30', '2026-03-01'],
    ['2026-03-02', '2026-03-01'],
    ['2025-01-01', '2026-12-31'],
    ['', ''],
    ['x', '2026-01-01'],
  ] as const)
    expect(createDaySpan(from, to, 'UTC')).toBeUndefined();
});

test('today is the day of the time zone', () => {
  expect(formatDay('America/Mexico_City', new Date('2026-11-02T05:59:00Z'))).toBe('2026-11-01');
});

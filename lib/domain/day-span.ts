import { DAY_MS } from './time.ts';

/** More days than this are no question that a person asks, and a lot of work. */
const MAX_DAYS = 366;

/** Days from the first to the last, both with it, as `YYYY-MM-DD`, and the moments at which they begin and are over. */
export type DaySpan = { from: string; to: string; start: Date; end: Date };

/** Making one costs a thousand times as much as using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** The day (`YYYY-MM-DD`) that it is in a time zone. */
export function formatDay(timeZone: string, time: Date): string {
  // Swedish writes dates as ISO 8601 does.
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  formats.set(timeZone, format);
  return format.format(time);
}

/**
 * Reads a span of days.
 *
 * @returns undefined when a day does not exist, the order is wrong, or it is longer than a year
 */
export function createDaySpan(from: string, to: string, timeZone: string): DaySpan | undefined {
  const [start, last] = [getStartOfDay(from, timeZone), getStartOfDay(to, timeZone)];
  if (!start || !last || last < start || last.getTime() - start.getTime() >= MAX_DAYS * DAY_MS) return undefined;
  const end = getStartOfDay(new Date(Date.parse(to) + DAY_MS).toISOString().slice(0, 10), timeZone);
  return end && { from, to, start, end };
}

/** The moment at which a day begins in a time zone. */
function getStartOfDay(day: string, timeZone: string): Date | undefined {
  const utc = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, 10) !== day) return undefined;
  // Clocks change at night: the offset of the guess itself can be the wrong side of a change, that of the result is not.
  const guess = utc - getUtcOffsetMs(utc, timeZone);
  return new Date(utc - getUtcOffsetMs(guess, timeZone));
}

/** Milliseconds by which a time zone is ahead of UTC at a moment. */
function getUtcOffsetMs(time: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(time);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

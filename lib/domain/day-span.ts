import { DAY_MS } from './time.ts';

/** Longest span: reading the events of more days takes too long. */
const MAX_DAYS = 366;

/** First and last day (`YYYY-MM-DD`, inclusive) with the moments at which the span begins and ends. */
export type DaySpan = { from: string; to: string; start: Date; end: Date };

/** Creating a format costs a thousand times as much as using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Returns the day (`YYYY-MM-DD`) in a time zone. */
export function formatDay(timeZone: string, time: Date): string {
  // Swedish writes dates as ISO 8601 does.
  const format = formats.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  formats.set(timeZone, format);
  return format.format(time);
}

/**
 * Parses a span of days.
 *
 * @returns undefined when a day does not exist, the order is wrong, or the span is longer than a year
 */
export function createDaySpan(from: string, to: string, timeZone: string): DaySpan | undefined {
  const [start, last] = [getStartOfDay(from, timeZone), getStartOfDay(to, timeZone)];
  if (!start || !last || last < start || last.getTime() - start.getTime() >= MAX_DAYS * DAY_MS) return undefined;
  const end = getStartOfDay(addDays(to, 1), timeZone);
  return end && { from, to, start, end };
}

/** Returns the day that lies so many days after another, or before it. */
export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(day) + count * DAY_MS).toISOString().slice(0, 10);

/** Lists the days of a span in their order. */
export function listDays({ from, to }: Pick<DaySpan, 'from' | 'to'>): string[] {
  const count = Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS) + 1;
  return Array.from({ length: count }, (_, index) => addDays(from, index));
}

function getStartOfDay(day: string, timeZone: string): Date | undefined {
  const utc = /^\d{4}-\d{2}-\d{2}$/.test(day) ? Date.parse(`${day}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(utc) || new Date(utc).toISOString().slice(0, 10) !== day) return undefined;
  // Clocks change at night: the offset at the guess may lie on the wrong side of a change, so it is read again.
  const guess = utc - getUtcOffsetMs(utc, timeZone);
  return new Date(utc - getUtcOffsetMs(guess, timeZone));
}

function getUtcOffsetMs(time: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(time);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
}

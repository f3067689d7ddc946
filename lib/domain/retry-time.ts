import { DAY_MS, MINUTE_MS } from './time.ts';

const MAX_MINUTES = 24 * 60;

/** Whole minutes to wait, 1 to 1440, as a page shows them. */
export const toWaitMinutes = (ms: number): number => Math.min(Math.max(Math.ceil(ms / MINUTE_MS), 1), MAX_MINUTES);

/** Reads the minutes of a page's address; undefined for anything but 1 to 1440, written as they are. */
export function parseWaitMinutes(text: unknown): number | undefined {
  const minutes = typeof text === 'string' && /^[1-9]\d{0,3}$/.test(text) ? Number(text) : Number.NaN;
  return minutes <= MAX_MINUTES ? minutes : undefined;
}

/** A longer pause is none that a page should promise to end: it is then said as one without a time. */
const MAX_PAUSE_MS = 30 * DAY_MS;

/**
 * When the upstream may be asked again, as a page's address carries it: whole minutes, UTC (ISO 8601).
 *
 * @returns an empty text when that is not known, within a minute, or in more than 30 days
 */
export function toRetryTime(now: Date, retryAfterMs = 0): string {
  if (retryAfterMs < MINUTE_MS || retryAfterMs > MAX_PAUSE_MS) return '';
  const minutes = Math.ceil((now.getTime() + retryAfterMs) / MINUTE_MS);
  return `${new Date(minutes * MINUTE_MS).toISOString().slice(0, 16)}Z`;
}

/** Reads the time of a page's address; undefined for anything but a minute from now to 30 days ahead, written as it is. */
export function parseRetryTime(text: unknown, now: Date): Date | undefined {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z$/.test(text)) return undefined;
  const remainingMs = Date.parse(text) - now.getTime();
  return remainingMs > 0 && remainingMs <= MAX_PAUSE_MS + MINUTE_MS ? new Date(text) : undefined;
}

import { DAY_MS, MINUTE_MS } from './time.ts';

const MAX_MINUTES = 24 * 60;

/** Rounds up to whole minutes from 1 to 1440, as pages show them. */
export const toWaitMinutes = (ms: number): number => Math.min(Math.max(Math.ceil(ms / MINUTE_MS), 1), MAX_MINUTES);

/** Parses the minutes in a page's address: 1 to 1440 without leading zeros, or undefined. */
export function parseWaitMinutes(text: unknown): number | undefined {
  const minutes = typeof text === 'string' && /^[1-9]\d{0,3}$/.test(text) ? Number(text) : Number.NaN;
  return minutes <= MAX_MINUTES ? minutes : undefined;
}

/** Pages show no time for a longer pause. */
const MAX_PAUSE_MS = 30 * DAY_MS;

/**
 * Returns the time of the next attempt for a page's address: whole minutes, UTC (ISO 8601).
 *
 * @returns an empty text when the pause is unknown, below a minute, or above 30 days
 */
export function toRetryTime(now: Date, retryAfterMs = 0): string {
  if (retryAfterMs < MINUTE_MS || retryAfterMs > MAX_PAUSE_MS) return '';
  const minutes = Math.ceil((now.getTime() + retryAfterMs) / MINUTE_MS);
  return `${new Date(minutes * MINUTE_MS).toISOString().slice(0, 16)}Z`;
}

/** Parses the time in a page's address: a minute within the next 30 days, or undefined. */
export function parseRetryTime(text: unknown, now: Date): Date | undefined {
  if (typeof text !== 'string' || !/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}Z$/.test(text)) return undefined;
  const remainingMs = Date.parse(text) - now.getTime();
  return remainingMs > 0 && remainingMs <= MAX_PAUSE_MS + MINUTE_MS ? new Date(text) : undefined;
}

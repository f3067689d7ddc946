const MINUTE_MS = 60_000;
const MAX_MINUTES = 24 * 60;

/** Whole minutes to wait, 1 to 1440, as a page shows them. */
export const toWaitMinutes = (ms: number): number => Math.min(Math.max(Math.ceil(ms / MINUTE_MS), 1), MAX_MINUTES);

/** Reads the minutes of a page's address; undefined for anything but 1 to 1440, written as they are. */
export function parseWaitMinutes(text: unknown): number | undefined {
  const minutes = typeof text === 'string' && /^[1-9]\d{0,3}$/.test(text) ? Number(text) : Number.NaN;
  return minutes <= MAX_MINUTES ? minutes : undefined;
}

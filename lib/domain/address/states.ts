import { toComparisonKey } from '../text/comparison-key.ts';
import { STATE_TABLE } from './state-table.ts';

/** `iso` is the ISO 3166-2 code (`MX-CMX`), `short` the short name on maps (`CDMX`), `name` the full name. */
export type State = { iso: string; short: string; name: string };
export const STATE_FORMATS = ['short', 'iso', 'name'] as const satisfies readonly (keyof State)[];
export type StateFormat = (typeof STATE_FORMATS)[number];

const toState = (country: string, [code, short, name]: readonly [string, string, string, ...string[]]): State => ({
  iso: `${country}-${code}`,
  short,
  name,
});

/** Returns the states of a country in alphabetical order; empty when there is no table. */
export const listStates = (country: string): State[] =>
  (STATE_TABLE[country] ?? []).map((row) => toState(country, row));

/** Words before a state's name that do not belong to it. */
const STATE_PREFIX =
  /^\s*(?:estado(?: libre y soberano)? de(?: la)?|edo\.?(?: de)?|state of|provincia de|departamento de)\s+/i;

/** Edits that a name of this length may differ by. */
const getMaxEdits = (length: number) => (length >= 8 ? 2 : length >= 5 ? 1 : 0);

/** Counts edits between two texts; an exchange of neighbours is one (optimal string alignment). */
function countEdits(source: string, target: string): number {
  const rows = [Array.from({ length: target.length + 1 }, (_, index) => index)];
  for (let i = 1; i <= source.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= target.length; j += 1) {
      const above = rows[i - 1] ?? [];
      const isSame = source[i - 1] === target[j - 1];
      const isSwap = i > 1 && j > 1 && source[i - 1] === target[j - 2] && source[i - 2] === target[j - 1];
      const swap = isSwap ? (rows[i - 2]?.[j - 2] ?? 0) + 1 : Number.POSITIVE_INFINITY;
      row.push(Math.min((above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (above[j - 1] ?? 0) + (isSame ? 0 : 1), swap));
    }
    rows.push(row);
  }
  return rows.at(-1)?.at(-1) ?? 0;
}

/**
 * Finds a state by code, short, full or other name, regardless of case, accents, dots and spaces. Maps, ISO and the vendor
 * have different spellings (`MX-CMX`, `CDMX`, `DF`). A misspelt longer name matches if only one state is near and begins
 * with the same letter: `E. Virginia` is no slip of Virginia.
 */
export function findState(country: string, text: string): State | undefined {
  const table = STATE_TABLE[country] ?? [];
  const key = toComparisonKey(text.replace(STATE_PREFIX, ''));
  for (const candidate of new Set([toComparisonKey(text), key])) {
    const row = table.find(([code, ...names]) =>
      [code, `${country}${code}`, ...names].some((name) => toComparisonKey(name) === candidate),
    );
    if (row) return toState(country, row);
  }
  const [nearRow, ...otherRows] = table.filter(([, , ...names]) =>
    names.map(toComparisonKey).some((name) => countEdits(name, key) <= getMaxEdits(name.length)),
  );
  const isSlip = nearRow?.slice(2).some((name) => toComparisonKey(name)[0] === key[0]);
  return nearRow && isSlip && otherRows.length === 0 ? toState(country, nearRow) : undefined;
}

export const hasStateTable = (country: string): boolean => Object.hasOwn(STATE_TABLE, country);

/** Formats a state; a text outside the table stays as it is. */
export const formatState = (country: string, text: string, format: StateFormat): string =>
  findState(country, text)?.[format] ?? text;

/** Returns the full name of a state, as summaries show it in place of the customer's or the partner's spelling. */
export const getStateName = (country: string, text: string): string => formatState(country, text, 'name');

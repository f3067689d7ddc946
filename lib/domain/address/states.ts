import { toComparisonKey } from '../text/comparison-key.ts';
import { STATE_TABLE } from './state-table.ts';

/** `iso` is the whole ISO 3166-2 code (`MX-CMX`), `short` what maps print (`CDMX`), `name` the full name. */
export type State = { iso: string; short: string; name: string };
/** How a state is spelled on the wire. */
export const STATE_FORMATS = ['short', 'iso', 'name'] as const satisfies readonly (keyof State)[];
export type StateFormat = (typeof STATE_FORMATS)[number];

const toState = (country: string, [code, short, name]: readonly [string, string, string, ...string[]]): State => ({
  iso: `${country}-${code}`,
  short,
  name,
});

/** The states of a country in the order of the table, alphabetical by what people call them. Empty when unknown. */
export const listStates = (country: string): State[] =>
  (STATE_TABLE[country] ?? []).map((row) => toState(country, row));

/** Words before a state's name that do not belong to it. */
const STATE_PREFIX =
  /^\s*(?:estado(?: libre y soberano)? de(?: la)?|edo\.?(?: de)?|state of|provincia de|departamento de)\s+/i;

/** Letters that may be wrong, missing, too many or exchanged, by the length of the name. */
const getMaxEdits = (length: number) => (length >= 8 ? 2 : length >= 5 ? 1 : 0);

/** Edits between two texts, an exchange of neighbours counting as one (optimal string alignment). */
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
 * The state that somebody means by its code, short name, full name or another name, whatever the case, accents, dots
 * and spaces. Maps, ISO and the vendor each have a spelling of their own (`MX-CMX`, `CDMX`, `DF`). A slip in a longer name is
 * read as the only state that is so near.
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
  const nearRows = table.filter(([, , ...names]) =>
    names.map(toComparisonKey).some((name) => countEdits(name, key) <= getMaxEdits(name.length)),
  );
  return nearRows.length === 1 && nearRows[0] ? toState(country, nearRows[0]) : undefined;
}

/** Whether a state of this country can be known: there is a table of it. */
export const hasStateTable = (country: string): boolean => Object.hasOwn(STATE_TABLE, country);

/** One spelling of a state; a text that is none of the table's goes on as it is. */
export const formatState = (country: string, text: string, format: StateFormat): string =>
  findState(country, text)?.[format] ?? text;

import { bareLetters } from '../text/bare-letters.ts';
import { STATE_TABLE } from './state-table.ts';

/** `iso` is the whole ISO 3166-2 code (`MX-CMX`), `short` what maps print (`CDMX`), `name` the full name. */
export type State = { iso: string; short: string; name: string };
/** How a state is spelled on the wire. */
export const STATE_FORMS = ['short', 'iso', 'name'] as const satisfies readonly (keyof State)[];
export type StateForm = (typeof STATE_FORMS)[number];

const toState = (country: string, [code, short, name]: readonly [string, string, string, ...string[]]): State => ({
  iso: `${country}-${code}`,
  short,
  name,
});

/** The states of a country in the order of the table, alphabetical by what people call them. Empty when unknown. */
export const statesOf = (country: string): State[] => (STATE_TABLE[country] ?? []).map((row) => toState(country, row));

/** Words before a state's name that do not belong to it. */
const PREFIX =
  /^\s*(?:estado(?: libre y soberano)? de(?: la)?|edo\.?(?: de)?|state of|provincia de|departamento de)\s+/i;

/** Letters that may be wrong, missing, too many or exchanged, by the length of the name. */
const slipsIn = (length: number) => (length >= 8 ? 2 : length >= 5 ? 1 : 0);

/** Edits between two texts, an exchange of neighbours counting as one (optimal string alignment). */
function countSlips(one: string, other: string): number {
  const rows = [Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= one.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= other.length; j += 1) {
      const above = rows[i - 1] ?? [];
      const isSame = one[i - 1] === other[j - 1];
      const isSwap = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
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
  const meant = bareLetters(text.replace(PREFIX, ''));
  for (const wanted of new Set([bareLetters(text), meant])) {
    const row = table.find(([code, ...names]) =>
      [code, `${country}${code}`, ...names].some((name) => bareLetters(name) === wanted),
    );
    if (row) return toState(country, row);
  }
  const near = table.filter(([, , ...names]) =>
    names.map(bareLetters).some((name) => countSlips(name, meant) <= slipsIn(name.length)),
  );
  return near.length === 1 && near[0] ? toState(country, near[0]) : undefined;
}

/** Whether a state of this country can be known: there is a table of it. */
export const hasStateTable = (country: string): boolean => Object.hasOwn(STATE_TABLE, country);

/** One spelling of a state; a text that is none of the table's goes on as it is. */
export const spellState = (country: string, text: string, form: StateForm): string =>
  findState(country, text)?.[form] ?? text;

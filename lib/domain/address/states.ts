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

/**
 * The state that somebody means by its code, short name, full name or another name, whatever the case, accents, dots
 * and spaces. Maps, ISO and the vendor each have a spelling of their own (`MX-CMX`, `CDMX`, `DF`).
 */
export function findState(country: string, text: string): State | undefined {
  const wanted = bareLetters(text);
  const row = STATE_TABLE[country]?.find(([code, ...names]) =>
    [code, `${country}${code}`, ...names].some((name) => bareLetters(name) === wanted),
  );
  return row && toState(country, row);
}

/** One spelling of a state; a text that is none of the table's goes on as it is. */
export const spellState = (country: string, text: string, form: StateForm): string =>
  findState(country, text)?.[form] ?? text;

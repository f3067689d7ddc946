import { normalizePostalCode } from './postal-code.ts';
import { findState } from './states.ts';

/** By country: the states with the first characters of their postal codes (`postal-prefix-table.ts`). */
export type PostalPrefixes = Readonly<Record<string, string>>;

const PATTERNS: Readonly<Record<string, RegExp>> = {
  MX: /^\d{5}$/,
  US: /^\d{5}/,
  CA: /^[A-Z]\d[A-Z]/,
  BR: /^\d{5}-?\d{3}$/,
  AR: /^[A-Z]\d{4}/,
  CO: /^\d{6}$/,
};

/**
 * Lists the states (ISO 3166-2) whose postal codes begin like this one.
 *
 * @returns an empty list for a code that no state has; undefined when the code does not tell the state
 */
export function listStatesOfPostalCode(
  prefixes: PostalPrefixes,
  country: string,
  postalCode: string,
): readonly string[] | undefined {
  const code = normalizePostalCode(country, postalCode).toUpperCase();
  if (!prefixes[country] || !PATTERNS[country]?.test(code)) return undefined;
  const isInRange = (range: string) => {
    const [first = '', last = first] = range.split('-');
    const prefix = code.slice(0, first.length);
    return first <= prefix && prefix <= last;
  };
  return (prefixes[country] ?? '').split(' ').flatMap((entry) => {
    const [state = '', ranges = ''] = entry.split(':');
    return ranges.split(',').some(isInRange) ? [`${country}-${state}`] : [];
  });
}

/** Returns the state of a postal code, when only one state has codes that begin like it. */
export function findStateOfPostalCode(prefixes: PostalPrefixes, country: string, postalCode: string) {
  const states = listStatesOfPostalCode(prefixes, country, postalCode);
  return states?.length === 1 ? findState(country, states[0] ?? '') : undefined;
}

/** Tells whether a postal code can belong to a state in any spelling. True where the code tells nothing. */
export function isPostalCodeOfState(
  prefixes: PostalPrefixes,
  country: string,
  [postalCode, stateText]: readonly [string, string],
): boolean {
  const states = listStatesOfPostalCode(prefixes, country, postalCode);
  const state = findState(country, stateText);
  return !states || !state || states.includes(state.iso);
}

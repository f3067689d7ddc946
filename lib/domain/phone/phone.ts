import { holdsCardNumber } from '../card/card-number.ts';
import { callingCodeOf } from '../countries/countries.ts';
import type { Spelling } from '../journey-context.ts';

/** Long-distance and mobile prefixes that Mexico gave up in 2019 and people still write. */
const OLD_MEXICAN_PREFIX = /^(?:044|045|01)(?=\d{10}$)/;

/**
 * One spelling for one phone: E.164, Mexican mobiles without the old `1` after `+52`. Used to keep and to compare;
 * `spellPhone` makes the form that is sent.
 *
 * Accepts any spelling a person uses: spaces, dashes, dots, brackets, `+`, `00`, with or without the country's code.
 * Not a general parser on purpose: libphonenumber refuses the vendor's own example (contract, section 8).
 *
 * @returns null when it cannot be a phone number.
 */
export function normalPhone(text: string, country: string): string | null {
  const compact = text
    .normalize('NFKC')
    .trim()
    .replace(/^tel:/i, '')
    .replace(/[\s()[\]._/\p{Pd}\p{Cf}]/gu, '')
    .replace(/^00/, '+');
  if (!/^\+?\d+$/.test(compact)) return null;
  const code = callingCodeOf(country) ?? '';
  const e164 = compact.startsWith('+') ? compact : `+${withCallingCode(compact, code)}`;
  const normal = e164.replace(/^\+521(\d{10})$/, '+52$1');
  if (normal.startsWith('+52')) return /^\+52[2-9]\d{9}$/.test(normal) ? normal : null;
  if (normal.startsWith('+1')) return /^\+1[2-9]\d{2}[2-9]\d{6}$/.test(normal) ? normal : null;
  return /^\+[2-9]\d{7,14}$/.test(normal) ? normal : null;
}

/**
 * Whether the text is a phone rather than nothing, or a card. Fifteen digits without a plus can be both; outside of
 * Mexico and North America, whose numbers have one length, a plus or the country's own code tells them apart.
 */
export function isPhone(text: string, country: string): boolean {
  if (normalPhone(text, country) === null) return false;
  const isInternational = /^\s*(\+|00)/.test(text) || text.replace(/\D/g, '').startsWith(callingCodeOf(country) ?? '');
  return isInternational || !holdsCardNumber(text);
}

function withCallingCode(digits: string, code: string): string {
  const national = code === '52' ? digits.replace(OLD_MEXICAN_PREFIX, '') : digits;
  // Ten digits are a whole number in Mexico and in the US; anything longer already carries the code.
  return national.length > 10 && national.startsWith(code) ? national : code + national;
}

/** The form that goes upstream. The vendor's examples keep the old `1` of Mexican mobiles. */
export function spellPhone(e164: string, spelling: Pick<Spelling, 'mexicanMobile'>): string {
  return spelling.mexicanMobile === 'documented' ? e164.replace(/^\+52(\d{10})$/, '+521$1') : e164;
}

import { holdsCardNumber } from '../card/card-number.ts';
import { callingCodeOf } from '../countries/countries.ts';
import type { Spelling } from '../journey-context.ts';
import { cleanCode } from '../text/clean.ts';

/** Prefixes for long distance and mobiles that Mexico gave up in 2019 and people still write, also behind the country's code. */
const OLD_MEXICAN_PREFIX = /^(\+52)?(?:044|045|01|1)(?=\d{10}$)/;
/** Words that people and address books put before a number, and what is dialed after it: an extension is not sent. */
const LABEL = /^[\p{L}.\s]{1,20}:?\s*(?=[+(\d[])/u;
const EXTENSION = /[\s,;]*(?:ext\p{L}*\.?|x|#)\s*\d{1,6}$/iu;
/** International prefixes (ITU-T E.164): 00 almost everywhere, 011 in North America. */
const INTERNATIONAL_PREFIX = /^(?:00|011)(?=[1-9])/;

/**
 * One spelling for one phone: E.164, Mexican mobiles without the old `1` after `+52`. Used to keep and to compare;
 * `spellPhone` makes the form that is sent.
 *
 * Accepts any spelling a person uses: spaces, dashes, dots, brackets, digits of any script, `+`, `00` or `011`, a label, an
 * extension, with or without the country's code. Not a general parser on purpose: libphonenumber refuses the vendor's own
 * example (contract, section 8).
 *
 * @returns null when it cannot be a phone number.
 */
export function normalPhone(text: string, country: string): string | null {
  const compact = cleanCode(text)
    .replace(LABEL, '')
    .replace(EXTENSION, '')
    .replace(/[\s()[\]._/\p{Pd}]/gu, '')
    .replace(INTERNATIONAL_PREFIX, '+');
  if (!/^\+?\d+$/.test(compact)) return null;
  const code = callingCodeOf(country) ?? '';
  const e164 = compact.startsWith('+') ? compact : `+${withCallingCode(compact, code)}`;
  const normal = e164.startsWith('+52') ? e164.replace(OLD_MEXICAN_PREFIX, '$1') : e164;
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
  const isInternational =
    /^[^\d+]*(\+|00|011)/.test(cleanCode(text)) || text.replace(/\D/g, '').startsWith(callingCodeOf(country) ?? '');
  return isInternational || !holdsCardNumber(text);
}

function withCallingCode(digits: string, code: string): string {
  // Ten digits are a whole number in Mexico and in the US; anything longer already carries the code.
  return digits.length > 10 && digits.startsWith(code) ? digits : code + digits;
}

/** The form that goes upstream. The vendor's examples keep the old `1` of Mexican mobiles. */
export function spellPhone(e164: string, spelling: Pick<Spelling, 'mexicanMobile'>): string {
  return spelling.mexicanMobile === 'documented' ? e164.replace(/^\+52(\d{10})$/, '+521$1') : e164;
}

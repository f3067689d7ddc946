import { normalizeCodeText } from '../text/normalize.ts';
import { type PersonFields, toBirthDate, withoutEmpty } from './person-fields.ts';

/**
 * A CURP, position by position: four letters of the names, birth date, sex, state of birth, three consonants of the names, a
 * character that is a digit before 2000 and a letter since, and the check digit (docs/document-mapping.md#curp).
 */
const CURP = /^[A-Z]{4}(\d\d)(\d\d)(\d\d)([HMX])([A-Z]{2})[A-Z]{3}([0-9A-Z])\d$/;
const CHECK_ALPHABET = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';
const GENDERS: Readonly<Record<string, string>> = { H: 'Male', M: 'Female' };

/** States of birth by their letters in a CURP, as ISO 3166-2 codes without the country. `NE` is a birth abroad. */
const STATES: Readonly<Record<string, string>> = Object.fromEntries(
  (
    'AS AGU|BC BCN|BS BCS|CC CAM|CL COA|CM COL|CS CHP|CH CHH|DF CMX|DG DUR|GT GUA|GR GRO|HG HID|JC JAL|MC MEX|MN MIC|' +
    'MS MOR|NT NAY|NL NLE|OC OAX|PL PUE|QT QUE|QR ROO|SP SLP|SL SIN|SR SON|TC TAB|TS TAM|TL TLA|VZ VER|YN YUC|ZS ZAC'
  )
    .split('|')
    .map((pair) => pair.split(' ')),
);
const BORN_ABROAD = 'NE';

/** Returns the text as a CURP is written: capital letters and digits alone. */
export const normalizeCurp = (text: string): string =>
  normalizeCodeText(text)
    .toUpperCase()
    .replace(/[^A-Z0-9Ñ]/g, '');

/** Computes the last digit of a CURP from the 17 characters before it. */
export function computeCurpCheckDigit(start: string): string {
  const sum = [...start].reduce((total, char, index) => total + CHECK_ALPHABET.indexOf(char) * (18 - index), 0);
  return String((10 - (sum % 10)) % 10);
}

/**
 * Reads the birth date, the sex and the state of birth from a CURP: all of them or, with a wrong check digit, none. The third sex
 * and a birth abroad have no value in the form and are left out.
 *
 * @returns undefined when the text is no CURP
 */
export function readCurp(text: string): PersonFields | undefined {
  const curp = normalizeCurp(text);
  const [, yy = '', month = '', day = '', sex = '', state = '', distinction = ''] = CURP.exec(curp) ?? [];
  if (computeCurpCheckDigit(curp.slice(0, 17)) !== curp[17]) return undefined;
  const dob = toBirthDate((/\d/.test(distinction) ? '19' : '20') + yy, month, day);
  const stateCode = STATES[state];
  if (!dob || (!stateCode && state !== BORN_ABROAD)) return undefined;
  return withoutEmpty({ dob, gender: GENDERS[sex], birthState: stateCode && `MX-${stateCode}` });
}

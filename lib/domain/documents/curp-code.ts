import { hasLetter, normalizeText } from '../text/normalize.ts';
import { normalizeCurp, readCurp } from './curp.ts';
import { divideName, hasFirstLetters, type PersonNames } from './curp-letters.ts';
import { type DocumentReading, type PersonFields, toBirthDate, withoutEmpty } from './person-fields.ts';

const PRINTED_GENDERS: Readonly<Record<string, string>> = { HOMBRE: 'Male', MUJER: 'Female' };
const CURP_PATTERN = /(?<![A-Z0-9])[A-Z]{4}\d{6}[A-Z]{6}[A-Z0-9]\d(?![A-Z0-9])/;
const LABELS = ['nombre', 'curp'];
const INE_ADDRESS = /\bqr\.ine\.mx\b/i;
/** A reader that guesses the encoding wrong writes this sign in place of a letter (Unicode, U+FFFD). */
const LOST_LETTER = '\ufffd';

const isReadable = (name: string) => name === '' || (hasLetter(name) && !name.includes(LOST_LETTER));

/** Returns the names if they are complete and agree with the CURP. Sets `oneSurname` if neither they nor the CURP have a second one. */
function toNameFields(curp: string, names: PersonNames | undefined): PersonFields {
  if (!names?.firstName || !names.lastName || !hasFirstLetters(curp, names)) return {};
  const { firstName, lastName, lastName2 } = names;
  if (![firstName, lastName, lastName2].every(isReadable)) return {};
  const oneSurname = lastName2 === '' && curp[2] === 'X' ? 'yes' : undefined;
  return withoutEmpty({ firstName, lastName, lastName2, oneSurname });
}

/** Tells whether the printed sex and date, where there are any, are those of the CURP. */
function agrees(fields: PersonFields, sex: string, date: string): boolean {
  const [day = '', month = '', year = ''] = date.split('/');
  const gender = PRINTED_GENDERS[sex];
  const dob = toBirthDate(year, month, day);
  return (gender === undefined || gender === fields.gender) && (dob === undefined || dob === fields.dob);
}

/**
 * Reads the code of a CURP certificate or card (docs/document-mapping.md#curp-certificate). It has one of two forms: values separated by
 * `|` in a fixed order, or labelled values (`Nombre:`, `CURP:`). The CURP's check digit must be right, and
 * a printed date and sex must agree with the CURP. Names that do not fit the CURP's letters are left out.
 */
export function readCurpCode(text: string): DocumentReading {
  if (INE_ADDRESS.test(text)) return { kind: 'addressOnly' };
  const parts = text.split('|').map((part) => normalizeText(part));
  const labels = new Map(parts.flatMap((part) => readLabel(part)));
  const written = labels.get('curp') ?? CURP_PATTERN.exec(parts[0]?.toUpperCase() ?? '')?.[0];
  if (written === undefined) return { kind: 'unknown' };
  const curp = normalizeCurp(written);
  const fields = readCurp(curp);
  if (!fields) return { kind: 'damaged' };
  if (labels.has('curp')) {
    const fullName = labels.get('nombre') ?? '';
    return { kind: 'read', fields: { ...fields, ...toNameFields(curp, divideName(curp, fullName)) } };
  }
  const [, , lastName = '', lastName2 = '', firstName = '', sex = '', date = ''] = parts;
  if (!agrees(fields, sex, date)) return { kind: 'damaged' };
  return { kind: 'read', fields: { ...fields, ...toNameFields(curp, { firstName, lastName, lastName2 }) } };
}

function readLabel(part: string): [string, string][] {
  const [label = '', ...values] = part.split(':');
  const name = label.trim().toLowerCase();
  return LABELS.includes(name) ? [[name, values.join(':').trim()]] : [];
}

import { findState } from '../address/states.ts';
import { hasLetter, normalizeText } from '../text/normalize.ts';
import { type DocumentReading, type PersonFields, toBirthDate, withoutEmpty } from './person-fields.ts';

/** The start of a driving licence's code: `ANSI `, issuer, versions, number of sub-files (docs/document-mapping.md#licence). */
const HEADER = /(?:ANSI |AAMVA)\d{6}\d{2}(?:\d{2})?\d{2}/;
const SUBFILE_DESIGNATOR = /(DL|ID|EN)(\d{4})(\d{4})/g;
const LINE_END = /\p{Cc}+/u;
const ELEMENT = /^(D[A-D][A-Z])(.*)$/;
const COUNTRIES: Readonly<Record<string, string>> = { USA: 'US', US: 'US', CAN: 'CA', CA: 'CA' };
/** The vendor's values for the standard's. Nine is "not specified". */
const GENDERS: Readonly<Record<string, string>> = { '1': 'Male', '2': 'Female' };
/** Texts with which an issuer says that there is no value. */
const NO_VALUE = /^(none|unavl|unavail|unknown|n\/?a)$/i;
const LOST_LETTER = '\ufffd';

type Elements = ReadonlyMap<string, string>;

/** Returns the text after the sub-files' directory. Where a directory is wrong, the elements are found all the same. */
function getBody(text: string, headerEnd: number): string {
  let end = headerEnd;
  for (const match of text.matchAll(SUBFILE_DESIGNATOR)) if (match.index <= end) end = match.index + match[0].length;
  return text.slice(end);
}

/** The first element follows the sub-file's type without a line end; the first value of an element counts. */
function readElements(text: string, headerEnd: number): Elements {
  const elements = new Map<string, string>();
  const [firstLine = '', ...otherLines] = getBody(text, headerEnd).split(LINE_END);
  for (const line of [firstLine.replace(/^.*?(?:DL|ID|EN)(?=D[A-D][A-Z])/, ''), ...otherLines]) {
    const [, code = '', value = ''] = ELEMENT.exec(line) ?? [];
    const textValue = normalizeText(value);
    if (code && !elements.has(code)) elements.set(code, NO_VALUE.test(textValue) ? '' : textValue);
  }
  return elements;
}

/** @param truncation element that is `T` when the card has only the start of the name */
function readName(elements: Elements, code: string, truncation: string): string | undefined {
  const name =
    elements
      .get(code)
      ?.replace(/\s*,\s*/g, ' ')
      .trim() ?? '';
  return elements.get(truncation) === 'T' || !hasLetter(name) || name.includes(LOST_LETTER) ? undefined : name;
}

/** The United States write MMDDCCYY, Canada CCYYMMDD. */
function readBirthDate(text: string, country: string | undefined): string | undefined {
  if (!/^\d{8}$/.test(text) || country === undefined) return undefined;
  return country === 'US'
    ? toBirthDate(text.slice(4), text.slice(0, 2), text.slice(2, 4))
    : toBirthDate(text.slice(0, 4), text.slice(4, 6), text.slice(6));
}

/** Issuers fill a short American code with zeros or spaces to the length of a long one. */
export function readPostalCode(text: string, country: string): string | undefined {
  const code = text.replace(/[\s-]/g, '').toUpperCase();
  if (country === 'CA')
    return /^[A-Z]\d[A-Z]\d[A-Z]\d$/.test(code) ? `${code.slice(0, 3)} ${code.slice(3)}` : undefined;
  const [, short, long] = /^(\d{5})(\d{4})?$/.exec(code) ?? [];
  return short && long && long !== '0000' ? `${short}-${long}` : short;
}

function readAddress(elements: Elements, country: string | undefined): PersonFields {
  const state = country && findState(country, elements.get('DAJ') ?? '');
  const [address1, city] = [elements.get('DAG'), elements.get('DAI')];
  if (!country || !state || !address1 || !city || (address1 + city).includes(LOST_LETTER)) return {};
  const zipCode = readPostalCode(elements.get('DAK') ?? '', country);
  return withoutEmpty({
    address1,
    address2: elements.get('DAH'),
    city,
    state: state.name,
    zipCode,
    countryCode: country,
  });
}

/**
 * Reads the PDF417 code of a driving licence or identity card of the United States or Canada (AAMVA DL/ID Card Design Standard, annex
 * D). Names stay as they are printed. An address without street, city or known state is left out.
 */
export function readAamva(text: string): DocumentReading {
  const header = HEADER.exec(text);
  if (!header) return { kind: 'unknown' };
  const elements = readElements(text, header.index + header[0].length);
  const country = COUNTRIES[elements.get('DCG') ?? ''];
  const fields = withoutEmpty({
    firstName: readName(elements, 'DAC', 'DDF'),
    middleName: readName(elements, 'DAD', 'DDG'),
    lastName: readName(elements, 'DCS', 'DDE'),
    dob: readBirthDate(elements.get('DBB') ?? '', country),
    gender: GENDERS[elements.get('DBC') ?? ''],
    ...readAddress(elements, country),
  });
  return Object.keys(fields).length > 0 ? { kind: 'read', fields } : { kind: 'damaged' };
}

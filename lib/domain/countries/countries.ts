/** The calling code of each country where the product is offered (ITU-T E.164). */
const CALLING_CODES: Readonly<Record<string, string>> = {
  AR: '54',
  BR: '55',
  CA: '1',
  CL: '56',
  CO: '57',
  CR: '506',
  DO: '1',
  EC: '593',
  GT: '502',
  HN: '504',
  MX: '52',
  NI: '505',
  PE: '51',
  SV: '503',
  US: '1',
};

/** Whether people write the month before the day. */
export const isMonthFirst = (country: string) => country === 'US';

export const COUNTRY_CODES = Object.keys(CALLING_CODES);
export const callingCodeOf = (country: string): string | undefined => CALLING_CODES[country];

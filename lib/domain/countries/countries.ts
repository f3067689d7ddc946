/** What we know of the countries where the product is offered: ISO 4217 currency and ITU calling code. */
const COUNTRIES: Record<string, { currency: string; callingCode: string }> = {
  AR: { currency: 'ARS', callingCode: '54' },
  BR: { currency: 'BRL', callingCode: '55' },
  CA: { currency: 'CAD', callingCode: '1' },
  CL: { currency: 'CLP', callingCode: '56' },
  CO: { currency: 'COP', callingCode: '57' },
  CR: { currency: 'CRC', callingCode: '506' },
  DO: { currency: 'DOP', callingCode: '1' },
  EC: { currency: 'USD', callingCode: '593' },
  GT: { currency: 'GTQ', callingCode: '502' },
  HN: { currency: 'HNL', callingCode: '504' },
  MX: { currency: 'MXN', callingCode: '52' },
  NI: { currency: 'NIO', callingCode: '505' },
  PE: { currency: 'PEN', callingCode: '51' },
  SV: { currency: 'USD', callingCode: '503' },
  US: { currency: 'USD', callingCode: '1' },
};

/** Whether people write the month before the day. */
export const isMonthFirst = (country: string) => country === 'US';

export const COUNTRY_CODES = Object.keys(COUNTRIES);
export const currencyOf = (country: string) => COUNTRIES[country]?.currency;
export const callingCodeOf = (country: string) => COUNTRIES[country]?.callingCode;

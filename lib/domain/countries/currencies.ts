/** ISO 4217. */
const CURRENCIES: Readonly<Record<string, string>> = {
  AR: 'ARS',
  BR: 'BRL',
  CA: 'CAD',
  CL: 'CLP',
  CO: 'COP',
  CR: 'CRC',
  DO: 'DOP',
  EC: 'USD',
  GT: 'GTQ',
  HN: 'HNL',
  MX: 'MXN',
  NI: 'NIO',
  PE: 'PEN',
  SV: 'USD',
  US: 'USD',
};

export const getCurrency = (country: string): string | undefined => CURRENCIES[country];

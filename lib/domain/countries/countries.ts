/** Countries of operation, ISO 3166-1 alpha-2. */
export const COUNTRY_CODES = [
  'AR',
  'BR',
  'CA',
  'CL',
  'CO',
  'CR',
  'DO',
  'EC',
  'GT',
  'HN',
  'MX',
  'NI',
  'PE',
  'SV',
  'US',
] as const;

/** The United States write the month before the day. */
export const isMonthFirst = (country: string) => country === 'US';

import { POPULAR_DOMAINS, POPULAR_TLDS, run } from '@zootools/email-spell-checker';

/** Mail providers of Latin America that the library lacks. */
const EXTRA_DOMAINS = [
  'prodigy.net.mx',
  'yahoo.com.mx',
  'hotmail.com.mx',
  'live.com.mx',
  'outlook.com.mx',
  'uol.com.br',
];
const COUNTRIES = ['mx', 'ar', 'br', 'co', 'pe', 'ec', 'gt', 'sv', 'hn', 'ni', 'do', 'cl', 'cr', 'us', 'ca', 'es'];
const EXTRA_TLDS = COUNTRIES.flatMap((country) => [
  country,
  ...['com', 'net', 'org', 'edu', 'gob'].map((kind) => `${kind}.${country}`),
]);

/** Returns a correction of a misspelt domain: `ana@gmail.com` for `ana@gmial.com`. */
export function findEmailSuggestion(email: string): string | undefined {
  const address = email.trim();
  if (!/^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(address)) return undefined;
  return run({
    email: address,
    domains: [...POPULAR_DOMAINS, ...EXTRA_DOMAINS],
    topLevelDomains: [...POPULAR_TLDS, ...EXTRA_TLDS],
  })?.full;
}

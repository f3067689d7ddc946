import { POPULAR_DOMAINS, POPULAR_TLDS, run } from '@zootools/email-spell-checker';

/** Mail providers and endings that the library's lists lack and people here have. */
const DOMAINS = ['prodigy.net.mx', 'yahoo.com.mx', 'hotmail.com.mx', 'live.com.mx', 'outlook.com.mx', 'uol.com.br'];
const COUNTRIES = ['mx', 'ar', 'br', 'co', 'pe', 'ec', 'gt', 'sv', 'hn', 'ni', 'do', 'cl', 'cr', 'us', 'ca', 'es'];
const ENDINGS = COUNTRIES.flatMap((country) => [
  country,
  ...['com', 'net', 'org', 'edu', 'gob'].map((kind) => `${kind}.${country}`),
]);

/** The address that somebody may have meant, when its end looks like a slip: `ana@gmial.com` is `ana@gmail.com`. */
export function suggestEmail(email: string): string | undefined {
  const typed = email.trim();
  if (!/^[^\s@]+@[^\s@.]+(?:\.[^\s@.]+)+$/.test(typed)) return undefined;
  return run({
    email: typed,
    domains: [...POPULAR_DOMAINS, ...DOMAINS],
    topLevelDomains: [...POPULAR_TLDS, ...ENDINGS],
  })?.full;
}

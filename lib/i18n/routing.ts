import { hasLocale } from 'next-intl';
import { defineRouting } from 'next-intl/routing';

/** The language is in the address; a first visit gets the browser's, else Spanish. */
export const routing = defineRouting({ locales: ['es', 'en'], defaultLocale: 'es', localeCookie: false });

/** The language that an address says. */
export function localeOfPath(pathname: string): Locale | undefined {
  const said = pathname.split('/', 2)[1];
  return hasLocale(routing.locales, said) ? said : undefined;
}

/** By which request header next-intl's pages are told their language. */
export const LOCALE_HEADER = 'x-next-intl-locale';

export type Locale = (typeof routing.locales)[number];

/** The first language of a browser's list (`Accept-Language`) that we have. */
export function preferredLocale(acceptLanguage: string | null): Locale {
  const wanted = (acceptLanguage ?? '').split(',').map((entry) => entry.trim().slice(0, 2).toLowerCase());
  return (
    routing.locales.find((locale) => locale === wanted.find((code) => hasLocale(routing.locales, code))) ??
    routing.defaultLocale
  );
}

/** A language that was given from outside. */
export const localeOf = (given: string): Locale => (hasLocale(routing.locales, given) ? given : routing.defaultLocale);

import { hasLocale } from 'next-intl';
import { defineRouting } from 'next-intl/routing';
import { LOCALES, type Locale } from '../domain/locale.ts';

export type { Locale };

/** The language is in the address; a first visit gets the browser's, else Spanish. */
export const routing = defineRouting({ locales: LOCALES, defaultLocale: 'es', localeCookie: false });

/** A text as a language of ours, when it names one. */
export const findLocale = (text: string | undefined): Locale | undefined =>
  hasLocale(routing.locales, text) ? text : undefined;

/** The language that an address says. */
export const findPathLocale = (pathname: string): Locale | undefined => findLocale(pathname.split('/', 2)[1]);

/** By which request header next-intl's pages are told their language. */
export const LOCALE_HEADER = 'x-next-intl-locale';

/**
 * The language of ours that a browser likes best (`Accept-Language`, RFC 9110 section 12.5.4): by weight, and of equal ones
 * the first. A weight of 0 rules a language out.
 */
export function getPreferredLocale(acceptLanguage: string | null): Locale {
  const languages = (acceptLanguage ?? '').split(',').map((entry) => {
    const [range = '', ...parameters] = entry.split(';').map((part) => part.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2) ?? '1';
    return { code: range.split('-', 1)[0] ?? '', weight: Number(weight) || 0 };
  });
  const sortedLanguages = languages.filter(({ weight }) => weight > 0).sort((a, b) => b.weight - a.weight);
  for (const { code } of sortedLanguages) if (hasLocale(routing.locales, code)) return code;
  return routing.defaultLocale;
}

/** A language that was given from outside. */
export const toLocale = (text: string): Locale => findLocale(text) ?? routing.defaultLocale;

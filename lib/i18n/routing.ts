import { hasLocale } from 'next-intl';
import { defineRouting } from 'next-intl/routing';
import { LOCALES, type Locale } from '../domain/locale.ts';

export type { Locale };

/** The path has the language; a first visit gets the browser's language, or Spanish. */
export const routing = defineRouting({ locales: LOCALES, defaultLocale: 'es', localeCookie: false });

export const findLocale = (text: string | undefined): Locale | undefined =>
  hasLocale(routing.locales, text) ? text : undefined;

export const findPathLocale = (pathname: string): Locale | undefined => findLocale(pathname.split('/', 2)[1]);

/** Request header from which next-intl reads the language. */
export const LOCALE_HEADER = 'x-next-intl-locale';

/**
 * Returns the browser's preferred language among ours (`Accept-Language`, RFC 9110, section 12.5.4): by weight, the first of
 * equal ones. A weight of 0 excludes a language.
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

/** Converts an untrusted text to a language, or to the default. */
export const toLocale = (text: string): Locale => findLocale(text) ?? routing.defaultLocale;

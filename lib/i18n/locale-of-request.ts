import 'server-only';
import { headers } from 'next/headers';
import { LOCALE_HEADER, type Locale, localeOf } from './routing.ts';

/** The language of the page that an action was posted from: its address says it, and our own front tells it on. */
export async function localeOfRequest(): Promise<Locale> {
  return localeOf((await headers()).get(LOCALE_HEADER) ?? '');
}

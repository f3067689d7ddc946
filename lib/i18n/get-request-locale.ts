import 'server-only';
import { headers } from 'next/headers';
import { LOCALE_HEADER, type Locale, toLocale } from './routing.ts';

/** The language of the page that an action was posted from: its address says it, and our own front tells it on. */
export async function getRequestLocale(): Promise<Locale> {
  return toLocale((await headers()).get(LOCALE_HEADER) ?? '');
}

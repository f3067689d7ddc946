import 'server-only';
import { headers } from 'next/headers';
import { LOCALE_HEADER, type Locale, toLocale } from './routing.ts';

/** Returns the language of the posting page; the request pipeline copies it from the path to a header. */
export async function getRequestLocale(): Promise<Locale> {
  return toLocale((await headers()).get(LOCALE_HEADER) ?? '');
}

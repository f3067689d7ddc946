import { createHash } from 'node:crypto';
import type { Locale } from '../../i18n/routing.ts';
import type { Brand } from './read-brand.ts';

/** Words that a customer agrees to with the last button. */
export type ConsentText = {
  text: string;
  /** The partner's name of this wording. */
  version: string;
  /** SHA-256 of the text in UTF-8, in hexadecimal: `printf '%s' "$text" | sha256sum`. */
  hash: string;
};

/** The exact words in one language. */
export function buildConsentText({ name, consent }: Pick<Brand, 'name' | 'consent'>, lang: Locale): ConsentText {
  const text = consent[lang].replaceAll('{brand}', name);
  return { text, version: consent.version, hash: createHash('sha256').update(text).digest('hex') };
}

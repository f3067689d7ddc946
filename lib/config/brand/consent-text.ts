import { createHash } from 'node:crypto';
import type { Locale } from '../../i18n/routing.ts';
import type { Brand } from './read-brand.ts';

/** The text above the submit button. */
export type ConsentText = {
  text: string;
  /** The partner's name for this wording. */
  version: string;
  /** SHA-256 of the text in UTF-8, in hexadecimal: `printf '%s' "$text" | sha256sum`. */
  hash: string;
};

/** Builds the exact text in one language. */
export function buildConsentText({ name, consent }: Pick<Brand, 'name' | 'consent'>, lang: Locale): ConsentText {
  const text = consent[lang].replaceAll('{brand}', name);
  return { text, version: consent.version, hash: createHash('sha256').update(text).digest('hex') };
}

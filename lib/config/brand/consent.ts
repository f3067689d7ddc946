import type { Brand } from './read-brand.ts';

/** The exact words that a customer agrees to with the last button. */
export const consentText = ({ name, consent }: Pick<Brand, 'name' | 'consent'>, lang: 'en' | 'es'): string =>
  consent[lang].replaceAll('{brand}', name);

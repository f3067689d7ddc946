/** The languages of the pages, the default one first. */
export const LOCALES = ['es', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** Languages of the pages, the default first. */
export const LOCALES = ['es', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

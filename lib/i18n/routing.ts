import { defineRouting } from 'next-intl/routing';

/** The language is in the address; a first visit gets the browser's, else Spanish. */
export const routing = defineRouting({ locales: ['es', 'en'], defaultLocale: 'es', localeCookie: false });

export type Locale = (typeof routing.locales)[number];

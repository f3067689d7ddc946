import type en from './messages/en.json';
import type { Locale } from './routing.ts';

// English is the source of the keys: a key that it lacks does not compile, and a test compares the other files with it.
declare module 'next-intl' {
  interface AppConfig {
    Locale: Locale;
    Messages: typeof en;
  }
}

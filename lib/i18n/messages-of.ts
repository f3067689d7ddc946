import 'server-only';
import { brand } from '../config/brand/brand.ts';
import { inProcess } from '../config/in-process.ts';
import { withTexts } from './flatten.ts';
import en from './messages/en.json' with { type: 'json' };
import es from './messages/es.json' with { type: 'json' };
import esUsted from './messages/es-usted.json' with { type: 'json' };
import type { Locale } from './routing.ts';

/** The texts of a language as the brand wants them: its form of address first, then its own words. */
export function messagesOf(locale: Locale): typeof en {
  return inProcess(`messages.${locale}`, () => {
    const { formOfAddress, words } = brand();
    const plain = locale === 'en' ? en : formOfAddress === 'usted' ? withTexts(es, esUsted) : es;
    return withTexts(plain, words?.[locale] ?? {});
  });
}

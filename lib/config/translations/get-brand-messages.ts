import 'server-only';
import { withTexts } from '../../i18n/message-tree.ts';
import en from '../../i18n/messages/en.json' with { type: 'json' };
import es from '../../i18n/messages/es.json' with { type: 'json' };
import esUsted from '../../i18n/messages/es-usted.json' with { type: 'json' };
import type { Locale } from '../../i18n/routing.ts';
import { getBrand } from '../brand/brand.ts';
import { getProcessSingleton } from '../process-singleton.ts';

/** Returns the texts of a language with the brand's form of address and its own texts. */
export function getBrandMessages(locale: Locale): typeof en {
  return getProcessSingleton(`messages.${locale}`, () => {
    const { formOfAddress, words } = getBrand();
    const baseMessages = locale === 'en' ? en : formOfAddress === 'usted' ? withTexts(es, esUsted) : es;
    return withTexts(baseMessages, words?.[locale] ?? {});
  });
}

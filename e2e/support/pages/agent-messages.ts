import en from '../../../lib/i18n/messages/en.json' with { type: 'json' };
import es from '../../../lib/i18n/messages/es.json' with { type: 'json' };

type Texts = { [key: string]: string | Texts };

const replaceTexts = (tree: Texts, changes: Texts): Texts =>
  Object.fromEntries(
    Object.entries(tree).map(([key, value]) => {
      const change = changes[key];
      if (change === undefined) return [key, value];
      return [key, typeof value === 'string' || typeof change === 'string' ? change : replaceTexts(value, change)];
    }),
  );

/** The messages as the console shows them: about the customer. */
export const agentMessages = {
  en: replaceTexts(en, en.assist.thirdPerson) as typeof en,
  es: replaceTexts(es, es.assist.thirdPerson) as typeof es,
};

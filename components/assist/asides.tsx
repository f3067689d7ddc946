import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { PlainStepId } from '@/components/steps/plain-step';
import type { Source } from '@/lib/domain/assist/audit';
import { flatten } from '@/lib/i18n/flatten';
import { SayField } from './say-field';

/** The questions of each step that are read out, by field; a date's three boxes are one. */
const QUESTIONS = {
  identity: ['firstName', 'middleName', 'lastName', 'lastName2', 'dob', 'phoneNumber', 'email', 'gender', 'birthState'],
  address: ['search', 'address1', 'address2', 'zipCode', 'city', 'address3', 'state', 'countryCode'],
  payment: ['paymentMethodType', 'ubnParams.number'],
} as const satisfies Record<PlainStepId, readonly string[]>;

/**
 * What stands beside each question of a step at the console: the sentence that is read out, in the customer's language,
 * and the note for the agent, in the agent's, with from whom the answer came when it was not the agent.
 */
export async function asidesOf(
  step: PlainStepId,
  lang: 'en' | 'es',
  sources: Readonly<Record<string, Source>>,
): Promise<Record<string, ReactNode>> {
  const { spoken } = await getMessages({ locale: lang });
  const notes = flatten((await getMessages()).assist.notes);
  const ask = flatten(spoken.ask);
  const again = flatten(spoken.again);
  return Object.fromEntries(
    QUESTIONS[step].map((name) => {
      // Only what can go wrong with this question goes along with it.
      const isOwn = (key: string) => key.startsWith(`${name}.`) || /^(text|zipCode)\./.test(key);
      const own = Object.fromEntries([...again].filter(([key]) => isOwn(key)));
      const source = sources[name] ?? sources[`${name}.day`];
      const words = {
        source: source === 'agent' ? undefined : source,
        ask: ask.get(name) ?? '',
        again: own,
        note: notes.get(name),
        spelling: spoken.spell,
      };
      return [name, <SayField key={name} name={name} lang={lang} {...words} />];
    }),
  );
}

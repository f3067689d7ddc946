import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { PlainStepId } from '@/components/steps/plain-step';
import type { Source } from '@/lib/domain/assist/audit';
import { isReadBack } from '@/lib/domain/assist/read-back';
import { flatten } from '@/lib/i18n/flatten';
import { SayField } from './say-field';
import { Spelled } from './spelled';

/** The questions of each step that are read out, by field; a date's three boxes are one. */
const QUESTIONS = {
  identity: [
    'firstName',
    'middleName',
    'lastName',
    'lastName2',
    'dob',
    'phoneCountry',
    'phoneNumber',
    'email',
    'gender',
    'birthState',
  ],
  address: ['search', 'address1', 'address2', 'zipCode', 'city', 'address3', 'state', 'countryCode'],
  payment: ['paymentMethodType', 'ubnParams.number'],
} as const satisfies Record<PlainStepId, readonly string[]>;

/**
 * What stands beside each question of a step at the console: the sentence that is read out, in the customer's language,
 * and the note for the agent, in the agent's, with from whom the answer came when it was not the agent; below it the answer
 * spelled (`:below`), and beside each choice its name in the customer's language (`:` and its value).
 */
export async function asidesOf(
  step: PlainStepId,
  lang: 'en' | 'es',
  sources: Readonly<Record<string, Source>>,
): Promise<Record<string, ReactNode>> {
  const [theirs, own] = [await getMessages({ locale: lang }), await getMessages()];
  const { spoken, steps } = theirs;
  const [notes, ask, again] = [flatten(own.assist.notes), flatten(spoken.ask), flatten(spoken.again)];
  const questions = QUESTIONS[step].map((name) => {
    // Only what can go wrong with this question goes along with it.
    const isOwn = (key: string) => key.startsWith(`${name}.`) || /^(text|zipCode)\./.test(key);
    const source = sources[name] ?? sources[`${name}.day`];
    const words = {
      ...{ ask: ask.get(name) ?? '', again: Object.fromEntries([...again].filter(([key]) => isOwn(key))) },
      ...{ note: notes.get(name), source: source === 'agent' ? undefined : source },
    };
    return [name, <SayField key={name} name={name} lang={lang} {...words} />] as const;
  });
  const spelled = QUESTIONS[step]
    .filter(isReadBack)
    .map((name) => [`${name}:below`, <Spelled key={name} name={name} lang={lang} spelling={spoken.spell} />] as const);
  const choices = { gender: steps.identity.genders, paymentMethodType: steps.payment.types };
  const named = Object.entries(own === theirs ? {} : choices).flatMap(([name, labels]) =>
    Object.entries(labels).map(
      ([value, label]) => [`${name}:${value}`, <Choice key={value} lang={lang} label={label} />] as const,
    ),
  );
  return Object.fromEntries([...questions, ...spelled, ...named]);
}

const Choice = ({ lang, label }: { lang: string; label: string }) => (
  <q lang={lang} className="block">
    {label}
  </q>
);

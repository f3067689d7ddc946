'use client';

import { useStepForm } from '@/components/form/step-form-context';
import { useWords } from '@/components/i18n/words';
import { Say } from './say';

export type SayFieldProps = {
  name: string;
  /** The customer's language, whatever the agent's is. */
  lang: string;
  ask: string;
  /** What is said instead when the answer was not taken, by the error's key. */
  again: Readonly<Record<string, string>>;
  note: string | undefined;
  /** From whom the answer came, when it was not the agent. */
  source: 'customer' | 'partner' | undefined;
};

/** A question as it is read out, and what the agent should know about it. */
export function SayField({ name, lang, ask, again, note, source }: SayFieldProps) {
  const t = useWords('assist');
  const { errors } = useStepForm();
  // A date's parts have their errors, the question is one.
  const key = errors[name] ?? errors[Object.keys(errors).find((part) => part.startsWith(`${name}.`)) ?? ''];
  return (
    <div>
      <Say lang={lang} cue={t('say')}>
        {(key && again[key]) || ask}
      </Say>
      {note ? <p className="mb-2 text-[0.9375rem] text-quiet">{t('note', { text: note })}</p> : null}
      {source ? <p className="mb-2 text-[0.9375rem] font-medium text-good">{t(`sources.${source}`)}</p> : null}
    </div>
  );
}

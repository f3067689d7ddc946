'use client';

import { useEffect, useState } from 'react';
import { inputOf, useField, useStepForm } from '@/components/form/step-form-context';
import { useWords } from '@/components/words/words';
import { isReadBack, type ReadBack, readBack, type SpellingWords } from '@/lib/domain/assist/read-back';
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
  spelling: SpellingWords;
};

/** A question as it is read out, what the agent should know about it, and the answer spelled to be said back. */
export function SayField({ name, lang, ask, again, note, source, spelling }: SayFieldProps) {
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
      {isReadBack(name) ? <Spelled name={name} lang={lang} spelling={spelling} /> : null}
    </div>
  );
}

type SpelledProps = Pick<SayFieldProps, 'lang' | 'spelling'> & { name: ReadBack };

function Spelled({ name, lang, spelling }: SpelledProps) {
  const t = useWords('assist');
  const { value } = useField(name);
  const [typed, setTyped] = useState(value);
  useEffect(() => {
    const look = () => setTyped(inputOf(name)?.value ?? '');
    look(); // what was typed before the script arrived
    document.addEventListener('input', look);
    return () => document.removeEventListener('input', look);
  }, [name]);
  const groups = readBack(name, typed, spelling);
  // Its line is there from the start: nothing moves while somebody types.
  return (
    <p className="mb-2 min-h-[1.6875rem] text-[0.9375rem]">
      {groups.length > 0 ? (
        <>
          <span className="text-quiet">{t('readBack')} </span>
          <span lang={lang}>{groups.join(' · ')}</span>
        </>
      ) : null}
    </p>
  );
}

'use client';

import { useEffect, useState } from 'react';
import { inputOf, useField } from '@/components/form/step-form-context';
import { useWords } from '@/components/i18n/words';
import { Value } from '@/components/ui/value';
import { type ReadBack, readBack, type SpellingWords } from '@/lib/domain/assist/read-back';

type Props = { name: ReadBack; lang: string; spelling: SpellingWords };

/** What was typed, spelled in the customer's language: the agent says it back, and the customer hears a slip. */
export function Spelled({ name, lang, spelling }: Props) {
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
  // Its first line is there from the start.
  return (
    <p className="mt-2 min-h-[1.6875rem] text-[0.9375rem]">
      {groups.length > 0 ? (
        <>
          <span className="text-quiet">{`${t('readBack')} `}</span>
          <span lang={lang}>
            <Value>{groups.join(' · ')}</Value>
          </span>
        </>
      ) : null}
    </p>
  );
}

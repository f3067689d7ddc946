'use client';

import { useEffect, useState } from 'react';
import { findInput, useField } from '@/components/form/step-form-context';
import { useTranslations } from '@/components/i18n/translations';
import { Value } from '@/components/ui/value';
import { buildReadBackGroups, type ReadBackField, type SpellingWords } from '@/lib/domain/assist/read-back';

type Props = { name: ReadBackField; lang: string; spelling: SpellingWords };

/** Spells the typed answer in the customer's language, so that the customer notices a typing error. */
export function SpelledAnswer({ name, lang, spelling }: Props) {
  const t = useTranslations('assist');
  const { value } = useField(name);
  const [text, setText] = useState(value);
  useEffect(() => {
    const updateText = () => setText(findInput(name)?.value ?? '');
    updateText(); // reads text that was typed before the script arrived
    document.addEventListener('input', updateText);
    return () => document.removeEventListener('input', updateText);
  }, [name]);
  const groups = buildReadBackGroups(name, text, spelling);
  // The element exists from the first render, so that screen readers announce its text.
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

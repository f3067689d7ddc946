'use client';

import { useEffect, useState } from 'react';
import { getFieldId, useStepForm } from '@/components/form/step-form-context';
import { useTranslations } from '@/components/i18n/translations';
import { findQuestion } from '@/lib/domain/assist/questions';
import { isReadBackField, type SpellingWords } from '@/lib/domain/assist/read-back';
import type { FieldErrors } from '@/lib/domain/form-input';
import { SpelledAnswer } from './spelled-answer';
import { SpokenText } from './spoken-text';

export type Question = {
  name: string;
  ask: string;
  /** The sentences after an error, by the error's key. */
  again: Readonly<Record<string, string>>;
  note: string | undefined;
};

type Props = {
  questions: readonly Question[];
  /** The customer's language, which may differ from the agent's. */
  lang: string;
  spelling: SpellingWords;
};

/**
 * The sentence of the question that has the focus, for the agent to read aloud, with a note and the answer spelled out. Without
 * script all sentences are listed.
 */
export function QuestionPanel({ questions, lang, spelling }: Props) {
  const t = useTranslations('assist');
  const { errors } = useStepForm();
  const current = useCurrentQuestion(questions, errors) ?? questions[0]?.name;
  return (
    <section className="question-panel" aria-label={t('say')}>
      {questions.map(({ name, ask: question, again: repeatTexts, note }) => {
        const key = findErrorKey(errors, name);
        return (
          <div key={name} className="question" data-current={name === current}>
            <SpokenText lang={lang} cue={t('say')}>
              {(key && repeatTexts[key]) || question}
            </SpokenText>
            {note ? <p className="text-[0.9375rem] text-quiet">{t('note', { text: note })}</p> : null}
            {isReadBackField(name) ? <SpelledAnswer name={name} lang={lang} spelling={spelling} /> : null}
          </div>
        );
      })}
    </section>
  );
}

/** A date's parts have separate errors, but they are one question. */
function findErrorKey(errors: FieldErrors, name: string): string | undefined {
  return errors[name] ?? errors[Object.keys(errors).find((part) => part.startsWith(`${name}.`)) ?? ''];
}

/** Returns the question whose field has the focus, or had it last. New errors lead to the first one that has to be asked again. */
function useCurrentQuestion(questions: readonly Question[], errors: FieldErrors): string | undefined {
  const [current, setCurrent] = useState<string>();
  useEffect(() => {
    const wrong = questions.find(({ name }) => findErrorKey(errors, name));
    if (wrong) setCurrent(wrong.name);
  }, [questions, errors]);
  useEffect(() => {
    const names = questions.map(({ name }) => name);
    const update = () => {
      const field = document.activeElement;
      const fieldName = field?.getAttribute('name') ?? names.find((name) => getFieldId(name) === field?.id);
      const name = findQuestion(names, fieldName ?? (field?.id === 'place-search' ? 'search' : ''));
      if (name) setCurrent(name);
    };
    update(); // the focus was set before the script arrived
    document.addEventListener('focusin', update);
    return () => document.removeEventListener('focusin', update);
  }, [questions]);
  return current;
}

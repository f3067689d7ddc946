'use client';

import { useEffect, useRef, useState } from 'react';
import { getFieldId, useStepForm } from '@/components/form/step-form-context';
import { useTranslations } from '@/components/i18n/translations';
import { findCheckboxOfQuestion, findQuestion } from '@/lib/domain/assist/questions';
import { isReadBackField, type SpellingWords } from '@/lib/domain/assist/read-back';
import { type FieldErrors, getFieldText } from '@/lib/domain/form-input';
import { SpelledAnswer } from './spelled-answer';
import { SpokenText } from './spoken-text';

export type Question = {
  name: string;
  ask: string;
  /** The sentence where the address is in Mexico, whose boxes have other labels. */
  askInMexico: string | undefined;
  /** The sentences after an error, by the error's key. */
  again: Readonly<Record<string, string>>;
  note: string | undefined;
};

type Props = {
  questions: readonly Question[];
  /** Of the address, until the agent chooses another one. */
  country: string | undefined;
  /** The customer's language, which may differ from the agent's. */
  lang: string;
  spelling: SpellingWords;
};

/**
 * The sentence of the question that has the focus, for the agent to read aloud, with a note and the answer spelled out, and the
 * sentence that follows. Without script all sentences are listed.
 */
export function QuestionPanel({ questions, country: firstCountry, lang, spelling }: Props) {
  const t = useTranslations('assist');
  const { errors, values } = useStepForm();
  const shown = useCurrentQuestion(questions, errors);
  const { current = questions[0], next } = shown;
  const country = shown.country || getFieldText(values, 'countryCode') || firstCountry;
  const getSentence = ({ ask, askInMexico }: Question) => (country === 'MX' && askInMexico) || ask;
  return (
    <section className="question-panel" aria-label={t('say')}>
      {questions.map((question) => {
        const { name, again: repeatTexts, note } = question;
        const key = findErrorKey(errors, name);
        return (
          <div key={name} className="question" data-current={name === current?.name}>
            <SpokenText lang={lang} cue={t('say')}>
              {(key && repeatTexts[key]) || getSentence(question)}
            </SpokenText>
            {note ? <p className="text-[0.9375rem] text-quiet">{t('note', { text: note })}</p> : null}
            {isReadBackField(name) ? <SpelledAnswer name={name} lang={lang} spelling={spelling} /> : null}
          </div>
        );
      })}
      <p className="next-question text-quiet">
        {next === undefined ? null : (
          <span key={next.name}>
            <span>{`${t('afterwards')} `}</span>
            <q lang={lang}>{getSentence(next)}</q>
          </span>
        )}
      </p>
    </section>
  );
}

/** A date's parts have separate errors, but they are one question. */
function findErrorKey(errors: FieldErrors, name: string): string | undefined {
  return errors[name] ?? errors[Object.keys(errors).find((part) => part.startsWith(`${name}.`)) ?? ''];
}

type ShownQuestions = { current?: Question; next?: Question | undefined; country?: string };

/**
 * Returns the question whose field has the focus, or had it last, and the first one after it that is not answered. New errors lead to
 * the first question that has to be asked again.
 */
function useCurrentQuestion(questions: readonly Question[], errors: FieldErrors): ShownQuestions {
  const [shown, setShown] = useState<ShownQuestions>({});
  const lastErrors = useRef<FieldErrors>({});
  useEffect(() => {
    const previousErrors = lastErrors.current;
    lastErrors.current = errors;
    const names = Object.keys(errors);
    // A corrected error leaves the others as they were: the agent still reads the answer back.
    const isCorrection =
      names.length < Object.keys(previousErrors).length && names.every((name) => previousErrors[name] === errors[name]);
    const wrong = isCorrection ? undefined : questions.find(({ name }) => findErrorKey(errors, name));
    if (wrong) setShown(readQuestions(questions, wrong));
  }, [questions, errors]);
  useEffect(() => {
    const names = questions.map(({ name }) => name);
    const update = () => {
      const field = document.activeElement;
      const fieldName = field?.getAttribute('name') ?? names.find((name) => getFieldId(name) === field?.id);
      const name = findQuestion(names, fieldName ?? (field?.id === 'place-search' ? 'search' : ''));
      const current = questions.find((question) => question.name === name);
      if (current) setShown(readQuestions(questions, current));
    };
    update(); // the focus was set before the script arrived
    document.addEventListener('focusin', update);
    document.addEventListener('change', update);
    return () => {
      document.removeEventListener('focusin', update);
      document.removeEventListener('change', update);
    };
  }, [questions]);
  return shown;
}

/** Reads from the form what comes after a question, and the chosen country. */
function readQuestions(questions: readonly Question[], current: Question): ShownQuestions {
  const country = document.querySelector<HTMLInputElement>('[name="countryCode"]')?.value ?? '';
  const next = questions
    .slice(questions.indexOf(current) + 1)
    .find((question) => question.ask !== current.ask && isOpen(question));
  return { current, next, country };
}

/** Returns whether a question's boxes are on the page and empty, and no checkbox answers it instead. */
function isOpen({ name }: Question): boolean {
  const boxes = [...document.querySelectorAll<HTMLInputElement>(`[name="${name}"], [name^="${name}."]`)];
  const isEmpty = ({ type, checked, value }: HTMLInputElement) => (type === 'radio' ? !checked : value === '');
  const isTicked = document.querySelector(`[name="${findCheckboxOfQuestion(name)}"]:checked`) !== null;
  return !isTicked && boxes.some((box) => box.checkVisibility()) && boxes.every(isEmpty);
}

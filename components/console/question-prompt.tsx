'use client';

import { useStepForm } from '@/components/form/step-form-context';
import { useTranslations } from '@/components/i18n/translations';
import { SpokenText } from './spoken-text';

export type QuestionPromptProps = {
  name: string;
  /** The customer's language, which may differ from the agent's. */
  lang: string;
  ask: string;
  /** The sentences after an error, by the error's key. */
  again: Readonly<Record<string, string>>;
  note: string | undefined;
  /** The source of an answer that the agent did not enter. */
  source: 'customer' | 'partner' | undefined;
};

/** The sentence of a question that the agent reads aloud, and a note for the agent. */
export function QuestionPrompt({
  name,
  lang,
  ask: question,
  again: repeatTexts,
  note: agentNote,
  source,
}: QuestionPromptProps) {
  const t = useTranslations('assist');
  const { errors } = useStepForm();
  // A date's parts have separate errors, but they are one question.
  const key = errors[name] ?? errors[Object.keys(errors).find((part) => part.startsWith(`${name}.`)) ?? ''];
  return (
    <div>
      <SpokenText lang={lang} cue={t('say')}>
        {(key && repeatTexts[key]) || question}
      </SpokenText>
      {agentNote ? <p className="mb-2 text-[0.9375rem] text-quiet">{t('note', { text: agentNote })}</p> : null}
      {source ? <p className="mb-2 text-[0.9375rem] font-medium text-good">{t(`sources.${source}`)}</p> : null}
    </div>
  );
}

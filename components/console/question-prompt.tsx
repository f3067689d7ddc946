'use client';

import { useStepForm } from '@/components/form/step-form-context';
import { useTranslations } from '@/components/i18n/translations';
import { SpokenText } from './spoken-text';

export type QuestionPromptProps = {
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
  // A date's parts have their errors, the question is one.
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

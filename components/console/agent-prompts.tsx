import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { PlainStepId } from '@/components/steps/plain-step';
import type { AnswerSource } from '@/lib/domain/assist/audit';
import { QUESTIONS } from '@/lib/domain/assist/questions';
import { isReadBackField } from '@/lib/domain/assist/read-back';
import type { Locale } from '@/lib/domain/locale';
import { toFlatMessages } from '@/lib/i18n/message-tree';
import { QuestionPrompt } from './question-prompt';
import { SpelledAnswer } from './spelled-answer';

/**
 * Builds the prompts of a step's questions: the sentence in the customer's language, the agent's note with the source of the
 * answer, the spelled answer (`:below`), and each choice's name in the customer's language (`:` and its value).
 */
export async function buildAgentPrompts(
  step: PlainStepId,
  lang: Locale,
  sources: Readonly<Record<string, AnswerSource>>,
): Promise<Record<string, ReactNode>> {
  const [customerMessages, agentMessages] = [await getMessages({ locale: lang }), await getMessages()];
  const { spoken: spokenMessages, steps } = customerMessages;
  const [notes, questionTexts, repeatTexts] = [
    toFlatMessages(agentMessages.assist.notes),
    toFlatMessages(spokenMessages.ask),
    toFlatMessages(spokenMessages.again),
  ];
  const questionPrompts = QUESTIONS[step].map((name) => {
    // The browser receives only the errors of this question.
    const isForQuestion = (key: string) => key.startsWith(`${name}.`) || /^(text|zipCode)\./.test(key);
    const source = sources[name] ?? sources[`${name}.day`];
    const promptProps = {
      ask: questionTexts.get(name) ?? '',
      again: Object.fromEntries([...repeatTexts].filter(([key]) => isForQuestion(key))),
      note: notes.get(name),
      source: source === 'agent' ? undefined : source,
    };
    return [name, <QuestionPrompt key={name} name={name} lang={lang} {...promptProps} />] as const;
  });
  const spelledPrompts = QUESTIONS[step]
    .filter(isReadBackField)
    .map(
      (name) =>
        [
          `${name}:below`,
          <SpelledAnswer key={name} name={name} lang={lang} spelling={spokenMessages.spell} />,
        ] as const,
    );
  const choices = { gender: steps.identity.genders, paymentMethodType: steps.payment.types };
  const choicePrompts = Object.entries(agentMessages === customerMessages ? {} : choices).flatMap(([name, labels]) =>
    Object.entries(labels).map(
      ([value, label]) => [`${name}:${value}`, <ChoicePrompt key={value} lang={lang} label={label} />] as const,
    ),
  );
  return Object.fromEntries([...questionPrompts, ...spelledPrompts, ...choicePrompts]);
}

const ChoicePrompt = ({ lang, label }: { lang: string; label: string }) => (
  <q lang={lang} className="block">
    {label}
  </q>
);

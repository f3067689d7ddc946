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
 * What stands beside each question of a step at the console: the sentence that is read out, in the customer's language,
 * and the note for the agent, in the agent's, with from whom the answer came when it was not the agent; below it the answer
 * spelled (`:below`), and beside each choice its name in the customer's language (`:` and its value).
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
    // Only what can go wrong with this question goes along with it.
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

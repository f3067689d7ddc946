import { getMessages, getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { PlainStepId } from '@/components/steps/plain-step';
import type { AnswerSource } from '@/lib/domain/assist/audit';
import { listQuestions } from '@/lib/domain/assist/questions';
import type { FillSource } from '@/lib/domain/documents/fill-form';
import type { JourneyContext } from '@/lib/domain/journey-context';
import type { Locale } from '@/lib/domain/locale';
import { toFlatMessages } from '@/lib/i18n/message-tree';
import { type Question, QuestionPanel } from './question-panel';

type Options = {
  step: PlainStepId;
  context: JourneyContext;
  /** The customer's language. */
  lang: Locale;
  hasSearch: boolean;
  sources: Readonly<Record<string, AnswerSource | FillSource>>;
  /** Shown below the question's sentence, beside the form. */
  children: ReactNode;
};

/**
 * Builds what an agent's form shows beside its fields: at each field the source of an answer that the agent did not enter, at
 * each choice its name in the customer's language (`:` and its value), and beside the form the sentences (`:beside`).
 */
export async function buildAgentPrompts({ step, context, lang, hasSearch, sources, children }: Options) {
  const [{ spoken: customerTexts, steps }, agentMessages] = [await getMessages({ locale: lang }), await getMessages()];
  const t = await getTranslations('assist');
  const names = listQuestions(step, context, hasSearch);
  const sourceMarks = names.flatMap((name) => {
    const source = sources[name] ?? sources[`${name}.day`];
    return source === undefined || source === 'agent'
      ? []
      : [[name, <SourceMark key={name} text={t(`sources.${source}`)} />] as const];
  });
  const choices = { gender: steps.identity.genders, paymentMethodType: steps.payment.types };
  const isOtherLanguage = agentMessages.spoken !== customerTexts;
  const choiceNames = Object.entries(isOtherLanguage ? choices : {}).flatMap(([name, labels]) =>
    Object.entries(labels).map(
      ([value, label]) => [`${name}:${value}`, <ChoiceName key={value} lang={lang} label={label} />] as const,
    ),
  );
  return {
    ...Object.fromEntries([...sourceMarks, ...choiceNames]),
    ':beside': (
      <aside className="case-aside" aria-label={t('case')}>
        <QuestionPanel
          questions={buildQuestions(names, customerTexts, agentMessages.assist.notes)}
          country={context.countries[0]}
          lang={lang}
          spelling={customerTexts.spell}
        />
        {children}
      </aside>
    ),
  };
}

type Messages = Awaited<ReturnType<typeof getMessages>>;

function buildQuestions(
  names: readonly string[],
  customerTexts: Messages['spoken'],
  agentNotes: Messages['assist']['notes'],
): Question[] {
  const [questionTexts, repeatTexts, notes] = [
    toFlatMessages(customerTexts.ask),
    toFlatMessages(customerTexts.again),
    toFlatMessages(agentNotes),
  ];
  return names.map((name) => {
    // The browser receives only the errors of this question.
    const isForQuestion = (key: string) => key.startsWith(`${name}.`) || /^(text|zipCode)\./.test(key);
    return {
      name,
      ask: questionTexts.get(name) ?? '',
      askInMexico: questionTexts.get(`${name}MX`),
      again: Object.fromEntries([...repeatTexts].filter(([key]) => isForQuestion(key))),
      note: notes.get(name),
    };
  });
}

const SourceMark = ({ text }: { text: string }) => (
  <span className="source-mark block text-[0.9375rem] font-medium text-good">{text}</span>
);

const ChoiceName = ({ lang, label }: { lang: string; label: string }) => (
  <q lang={lang} className="block">
    {label}
  </q>
);

import { getLocale, getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import type { StepId } from '@/lib/domain/steps';
import { withAgentTexts } from '@/lib/i18n/agent-texts';
import type en from '@/lib/i18n/messages/en.json';
import { MessagesProvider } from './translations';

type Messages = typeof en;
type Props = {
  step?: StepId;
  only: readonly Exclude<keyof Messages, 'steps'>[];
  /** The page is an agent's: texts speak about the customer. */
  isForAgent?: boolean;
  children: ReactNode;
};

/** Sends the browser only the texts that its components use. */
export async function ClientMessages({ step, only, isForAgent = false, children }: Props) {
  const all = isForAgent ? withAgentTexts(await getMessages()) : await getMessages();
  const messages: Partial<Messages> = Object.fromEntries(only.map((name) => [name, all[name]]));
  if (step) messages.steps = { [step]: all.steps[step] } as Messages['steps'];
  return (
    <MessagesProvider locale={await getLocale()} messages={messages}>
      {children}
    </MessagesProvider>
  );
}

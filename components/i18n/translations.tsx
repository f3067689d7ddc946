'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type en from '@/lib/i18n/messages/en.json';

type Messages = typeof en;
type MessageTree = { [key: string]: string | MessageTree };

/** The part of the messages under a dotted name, and the dotted names of the texts in a part. */
type MessagesAt<Part, Name extends string> = Name extends `${infer First}.${infer Rest}`
  ? First extends keyof Part
    ? MessagesAt<Part[First], Rest>
    : never
  : Name extends keyof Part
    ? Part[Name]
    : never;
type MessageKey<Part> = {
  [Key in keyof Part & string]: Part[Key] extends string ? Key : `${Key}.${MessageKey<Part[Key]>}`;
}[keyof Part & string];

type Namespace = Exclude<keyof Messages, 'steps'> | `steps.${keyof Messages['steps']}`;
type Values = Record<string, string | number>;

const MessagesContext = createContext<{ locale: string; messages: MessageTree }>({ locale: 'en', messages: {} });

type Props = { locale: string; messages: Partial<Messages>; children: ReactNode };

/**
 * Gives the browser's components the few texts that they draw. The i18n library stays on the server: its client part
 * weighs a fifth of the script that a step may load, and what is left to do here is a look-up.
 */
export function MessagesProvider({ locale, messages, children }: Props) {
  const value = useMemo(() => ({ locale, messages: messages as MessageTree }), [locale, messages]);
  return <MessagesContext value={value}>{children}</MessagesContext>;
}

export const useLocale = () => useContext(MessagesContext).locale;

/** Texts of one namespace by name; `{name}` in a text is replaced by a value. Unknown names do not compile. */
export function useTranslations<Name extends Namespace>(
  namespace: Name,
): (name: MessageKey<MessagesAt<Messages, Name>>, values?: Values) => string {
  const { messages } = useContext(MessagesContext);
  return (name, values = {}) => {
    let message: string | MessageTree | undefined = messages;
    for (const part of `${namespace}.${name}`.split('.'))
      message = typeof message === 'object' ? message[part] : undefined;
    if (typeof message !== 'string') return `${namespace}.${name}`;
    return message.replace(/\{(\w+)\}/g, (_, value: string) => String(values[value] ?? ''));
  };
}

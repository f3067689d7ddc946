'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type en from '@/lib/i18n/messages/en.json';

type Messages = typeof en;
type MessageTree = { [key: string]: string | MessageTree };

/** The messages under a dotted name, and the dotted names of their texts. */
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
 * Provides client components with their texts. The i18n library stays on the server: its client part takes a fifth of a
 * step's script budget, and a lookup is enough here.
 */
export function MessagesProvider({ locale, messages, children }: Props) {
  const value = useMemo(() => ({ locale, messages: messages as MessageTree }), [locale, messages]);
  return <MessagesContext value={value}>{children}</MessagesContext>;
}

export const useLocale = () => useContext(MessagesContext).locale;

/** Returns the lookup of a namespace's texts. It replaces `{name}` in a text by a value; unknown names do not compile. */
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

'use client';

import { createContext, type ReactNode, useContext, useMemo } from 'react';
import type en from '@/lib/i18n/messages/en.json';

type Messages = typeof en;
type Tree = { [key: string]: string | Tree };

/** The part of the messages under a dotted name, and the dotted names of the texts in a part. */
type Under<Part, Name extends string> = Name extends `${infer First}.${infer Rest}`
  ? First extends keyof Part
    ? Under<Part[First], Rest>
    : never
  : Name extends keyof Part
    ? Part[Name]
    : never;
type Names<Part> = {
  [Key in keyof Part & string]: Part[Key] extends string ? Key : `${Key}.${Names<Part[Key]>}`;
}[keyof Part & string];

type Namespace = Exclude<keyof Messages, 'steps'> | `steps.${keyof Messages['steps']}`;
type Values = Record<string, string | number>;

const WordsContext = createContext<{ locale: string; words: Tree }>({ locale: 'en', words: {} });

type Props = { locale: string; words: Partial<Messages>; children: ReactNode };

/**
 * Gives the browser's components the few texts that they draw. The i18n library stays on the server: its client part
 * weighs a fifth of the script that a step may load, and what is left to do here is a look-up.
 */
export function WordsProvider({ locale, words, children }: Props) {
  const value = useMemo(() => ({ locale, words: words as Tree }), [locale, words]);
  return <WordsContext value={value}>{children}</WordsContext>;
}

export const useLocale = () => useContext(WordsContext).locale;

/** Texts of one namespace by name; `{name}` in a text is replaced by a value. Unknown names do not compile. */
export function useWords<Name extends Namespace>(
  namespace: Name,
): (name: Names<Under<Messages, Name>>, values?: Values) => string {
  const { words } = useContext(WordsContext);
  return (name, values = {}) => {
    let found: string | Tree | undefined = words;
    for (const part of `${namespace}.${name}`.split('.')) found = typeof found === 'object' ? found[part] : undefined;
    if (typeof found !== 'string') return `${namespace}.${name}`;
    return found.replace(/\{(\w+)\}/g, (_, value: string) => String(values[value] ?? ''));
  };
}

'use client';

import { useTranslations } from './translations';

type Key = Parameters<ReturnType<typeof useTranslations<'errors'>>>[0];

/** Returns the text of a schema's message key. A unit test checks that every key of a schema has a text. */
export function useErrorText(): (key: string) => string {
  const t = useTranslations('errors');
  return (key) => t(key as Key);
}

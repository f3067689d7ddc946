'use client';

import { useTranslations } from './translations';

type Key = Parameters<ReturnType<typeof useTranslations<'errors'>>>[0];

/** Words for a schema's message key. A unit test proves that each key a schema can give has words. */
export function useErrorText(): (key: string) => string {
  const t = useTranslations('errors');
  return (key) => t(key as Key);
}

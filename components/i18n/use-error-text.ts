'use client';

import { useWords } from './words';

type Key = Parameters<ReturnType<typeof useWords<'errors'>>>[0];

/** Words for a schema's message key. A unit test proves that each key a schema can give has words. */
export function useErrorText(): (key: string) => string {
  const t = useWords('errors');
  return (key) => t(key as Key);
}

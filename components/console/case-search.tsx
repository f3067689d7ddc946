'use client';

import { useEffect, useRef, useState } from 'react';
import { useTranslations } from '@/components/i18n/translations';
import { CaseList, type CaseListItem } from './case-list';

/** The shop's open cases for a role that starts none, filtered by name or phone. The browser does not send the text. */
export function CaseSearch({ cases }: { cases: readonly CaseListItem[] }) {
  const t = useTranslations('assist');
  const [query, setQuery] = useState('');
  const inputRef = useRef<HTMLInputElement>(null);
  // Reads text that the agent typed before the script arrived.
  useEffect(() => setQuery(inputRef.current?.value ?? ''), []);
  return (
    <>
      <label htmlFor="find-case" className="needs-script mb-1 font-semibold">
        {t('find')}
      </label>
      <input
        ref={inputRef}
        id="find-case"
        type="search"
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        className="control needs-script mb-4"
        onInput={(event) => setQuery(event.currentTarget.value)}
      />
      <CaseList cases={cases} query={query} />
    </>
  );
}

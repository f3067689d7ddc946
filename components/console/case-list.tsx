'use client';

import { useEffect, useRef, useState } from 'react';
import { useTranslations } from '@/components/i18n/translations';
import { TextLink } from '@/components/ui/text-link';
import { Value } from '@/components/ui/value';
import { toComparisonKey } from '@/lib/domain/text/comparison-key';
import { normalizeCodeText } from '@/lib/domain/text/normalize';

export type CaseListItem = { id: string; href: string; name: string; phone: string; note: string };

/** Open cases, filtered by the beginning of a name or by digits of a phone. The browser does not send the text. */
export function CaseList({ cases }: { cases: readonly CaseListItem[] }) {
  const t = useTranslations('assist');
  const [query, setQuery] = useState('');
  const inputRef = useRef<HTMLInputElement>(null);
  // Reads text that the agent typed before the script arrived.
  useEffect(() => setQuery(inputRef.current?.value ?? ''), []);
  const [letters, digits] = [toComparisonKey(query), normalizeCodeText(query).replace(/\D/g, '')];
  const isMatch = ({ name, phone }: CaseListItem) =>
    (letters !== '' && toComparisonKey(name).includes(letters)) || (digits !== '' && phone.includes(digits));
  const shownCases = letters + digits === '' ? cases : cases.filter(isMatch);
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
      <p role="status" className="text-quiet">
        {shownCases.length === 0 ? t('none') : ''}
      </p>
      <ul className="grid gap-3">
        {shownCases.map(({ id, href, name, phone, note: summary }) => (
          <li key={id} className="rounded-control border border-line px-4 py-3">
            <TextLink href={href} className="font-semibold">
              <Value>{name || phone}</Value>
            </TextLink>
            <p className="text-[0.9375rem] text-quiet">
              {name && phone ? <Value>{phone}</Value> : null}
              <span>{name && phone ? ` · ${summary}` : summary}</span>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

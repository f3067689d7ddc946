'use client';

import { useEffect, useRef, useState } from 'react';
import { useWords } from '@/components/i18n/words';
import { Value } from '@/components/ui/value';
import { bareLetters } from '@/lib/domain/text/bare-letters';
import { cleanCode } from '@/lib/domain/text/clean';

export type Listed = { id: string; href: string; name: string; phone: string; note: string };

/** Open cases, found by the beginning of a name or by digits of a phone. What is typed here goes nowhere. */
export function CaseList({ cases }: { cases: readonly Listed[] }) {
  const t = useWords('assist');
  const [typed, setTyped] = useState('');
  const box = useRef<HTMLInputElement>(null);
  // What was typed before the script arrived.
  useEffect(() => setTyped(box.current?.value ?? ''), []);
  const [letters, digits] = [bareLetters(typed), cleanCode(typed).replace(/\D/g, '')];
  const isFound = ({ name, phone }: Listed) =>
    (letters !== '' && bareLetters(name).includes(letters)) || (digits !== '' && phone.includes(digits));
  const shown = letters + digits === '' ? cases : cases.filter(isFound);
  return (
    <>
      <label htmlFor="find-case" className="needs-script mb-1 font-semibold">
        {t('find')}
      </label>
      <input
        ref={box}
        id="find-case"
        type="search"
        autoComplete="off"
        spellCheck={false}
        enterKeyHint="search"
        className="control needs-script mb-4"
        onInput={(event) => setTyped(event.currentTarget.value)}
      />
      <p role="status" className="text-quiet">
        {shown.length === 0 ? t('none') : ''}
      </p>
      <ul className="grid gap-3">
        {shown.map(({ id, href, name, phone, note }) => (
          <li key={id} className="rounded-control border border-line px-4 py-3">
            <a href={href} className="inline-flex min-h-11 items-center font-semibold underline underline-offset-4">
              <Value>{name || phone}</Value>
            </a>
            <p className="text-[0.9375rem] text-quiet">
              {name && phone ? <Value>{phone}</Value> : null}
              <span>{name && phone ? ` · ${note}` : note}</span>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}

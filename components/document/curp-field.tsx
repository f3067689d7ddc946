'use client';

import { type FormEvent, useId, useState } from 'react';
import { useTranslations } from '@/components/i18n/translations';
import { Button } from '@/components/ui/button';
import { normalizeCurp, readCurp } from '@/lib/domain/documents/curp';
import { hasFirstLetters, type PersonNames } from '@/lib/domain/documents/curp-letters';
import type { PersonFields } from '@/lib/domain/documents/person-fields';

type Props = { names: PersonNames; onRead: (fields: PersonFields) => void };

/** A CURP that the customer types or pastes. It stays on the page: the form gets what it says. */
export function CurpField({ names, onRead }: Props) {
  const t = useTranslations('document');
  const id = useId();
  const { curp, problem, change, submit } = useTypedCurp({ names, onRead });
  const name = [names.firstName, names.lastName, names.lastName2].filter(Boolean).join(' ');

  return (
    <form onSubmit={submit} noValidate className="grid gap-2 border-t border-line pt-3">
      <div>
        <label htmlFor={id} className="text-[0.9375rem] leading-snug font-semibold">
          {t('typeCurp')}
        </label>
        <p id={`${id}-hint`} className="text-[0.8125rem] text-quiet">
          {t('curpHint')}
        </p>
        <p id={`${id}-problem`} role="status" className="text-[0.9375rem] leading-snug font-medium text-danger">
          {problem ? t(problem, { name }) : null}
        </p>
      </div>
      <input
        id={id}
        className="control"
        autoComplete="off"
        autoCapitalize="characters"
        autoCorrect="off"
        spellCheck={false}
        enterKeyHint="go"
        aria-describedby={`${id}-hint ${id}-problem`}
        aria-invalid={problem === 'curpWrong' ? true : undefined}
        value={curp}
        onChange={({ currentTarget }) => change(currentTarget.value)}
      />
      <Button type="submit" kind="secondary">
        {t(problem === 'curpMismatch' ? 'useAnyway' : 'useCurp')}
      </Button>
    </form>
  );
}

/** Keeps the text of a CURP, and passes its fields on once it is right and fits the names, or is confirmed. */
function useTypedCurp({ names, onRead }: Props) {
  const [problem, setProblem] = useState<'curpWrong' | 'curpMismatch'>();
  const [curp, setCurp] = useState('');

  function change(text: string): void {
    setCurp(text);
    setProblem(undefined);
  }

  function submit(event: FormEvent): void {
    event.preventDefault();
    const fields = readCurp(curp);
    // A CURP that was issued with an error is the person's all the same, so the second press uses it.
    const isOther = problem !== 'curpMismatch' && !hasFirstLetters(normalizeCurp(curp), names);
    setProblem(fields ? (isOther ? 'curpMismatch' : undefined) : 'curpWrong');
    if (fields && !isOther) onRead(fields);
  }
  return { curp, problem, change, submit };
}

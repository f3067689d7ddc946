'use client';

import { useEffect, useRef, useState } from 'react';
import { useField } from '@/components/form/step-form-context';
import { TextField } from '@/components/form/text-field';
import { useWords } from '@/components/i18n/words';
import { Value } from '@/components/ui/value';
import { accountDigits } from '@/lib/domain/account/account';
import { groupClabe, swappedNeighbours } from '@/lib/domain/account/clabe';

const NAME = 'ubnParams.number';
/** The first digits of a CLABE are its bank's. */
const BANK_DIGITS = 3;
/** More than these are no hint. */
const MOST_SWAPS = 3;

/** The account's number. A CLABE is told its bank as soon as that is known, and where two digits may have changed places. */
export function AccountField({ country }: { country: string }) {
  const t = useWords('steps.payment');
  const { value, error } = useField(NAME);
  const [typed, setTyped] = useState(value);
  const box = useRef<HTMLDivElement>(null);
  // What was typed before the script arrived.
  useEffect(() => setTyped(box.current?.querySelector('input')?.value ?? ''), []);
  const isMexican = country === 'MX';
  const digits = accountDigits(typed);
  const bank = useBank(isMexican ? digits.slice(0, BANK_DIGITS) : '');
  const swaps = error === `${NAME}.check` ? swappedNeighbours(digits) : [];
  return (
    <div ref={box} onInput={(event) => setTyped((event.target as HTMLInputElement).value)}>
      <TextField
        name={NAME}
        label={t(isMexican ? 'numberMX' : 'number')}
        hint={t(isMexican ? 'numberHintMX' : 'numberHint')}
        inputMode={isMexican ? 'numeric' : 'text'}
        autoComplete="off"
        spellCheck={false}
      />
      <p role="status" className={bank ? 'mt-2 font-medium text-good' : ''}>
        {bank ? t('bank', { bank }) : ''}
      </p>
      {swaps.length > 0 && swaps.length <= MOST_SWAPS ? (
        <div className="mt-2">
          <p>{t('swapHint')}</p>
          <ul>
            {swaps.map((at) => (
              <li key={at}>
                <span className="sr-only">{t('swapPlace', { first: at, second: at + 1 })}</span>
                <Marked digits={digits} at={at - 1} />
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}

/** The number as banks print it, two neighbours in bold. */
function Marked({ digits, at }: { digits: string; at: number }) {
  const grouped = groupClabe(digits);
  // Where the digit stands among the spaces.
  const places = [...grouped].flatMap((char, place) => (char === ' ' ? [] : [place]));
  const [from = 0, to = 0] = [places[at], places[at + 1]];
  return (
    <span aria-hidden="true" className="tabular-nums">
      <Value>
        <span>{grouped.slice(0, from)}</span>
        <strong className="text-danger">{grouped.slice(from, to + 1)}</strong>
        <span>{grouped.slice(to + 1)}</span>
      </Value>
    </span>
  );
}

/** The bank's name, from a table that is not loaded before somebody types an account. */
function useBank(firstDigits: string): string | undefined {
  const [known, setKnown] = useState<{ firstDigits: string; label: string | undefined }>();
  useEffect(() => {
    if (firstDigits.length < BANK_DIGITS) return;
    let isStale = false;
    import('@/lib/reference-data/bank-of-clabe').then(
      ({ bankOfClabe }) => isStale || setKnown({ firstDigits, label: bankOfClabe(firstDigits)?.label }),
      () => {}, // good news only: nobody waits for it
    );
    return () => {
      isStale = true;
    };
  }, [firstDigits]);
  return known?.firstDigits === firstDigits ? known.label : undefined;
}

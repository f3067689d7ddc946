'use client';

import { useEffect, useRef, useState } from 'react';
import { useField } from '@/components/form/step-form-context';
import { TextField } from '@/components/form/text-field';
import { useTranslations } from '@/components/i18n/translations';
import { Value } from '@/components/ui/value';
import { normalizeAccountNumber } from '@/lib/domain/account/account';
import { findSwappedDigits, groupClabe } from '@/lib/domain/account/clabe';

const NAME = 'ubnParams.number';
/** The first digits of a CLABE identify its bank. */
const BANK_DIGITS = 3;
/** More possible swaps than this are not shown. */
const MAX_SWAPS = 3;

/** The account number. For a CLABE it shows the bank, and digits that the customer may have swapped. */
export function AccountField({ country }: { country: string }) {
  const t = useTranslations('steps.payment');
  const { value, error } = useField(NAME);
  const [text, setText] = useState(value);
  const containerRef = useRef<HTMLDivElement>(null);
  // Reads text that was typed before the script arrived.
  useEffect(() => setText(containerRef.current?.querySelector('input')?.value ?? ''), []);
  const isMexican = country === 'MX';
  const digits = normalizeAccountNumber(text);
  const bank = useBank(isMexican ? digits.slice(0, BANK_DIGITS) : '');
  const swaps = error === `${NAME}.check` ? findSwappedDigits(digits) : [];
  return (
    <div ref={containerRef} onInput={(event) => setText((event.target as HTMLInputElement).value)}>
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
      {swaps.length > 0 && swaps.length <= MAX_SWAPS ? (
        <div className="mt-2">
          <p>{t('swapHint')}</p>
          <ul>
            {swaps.map((position) => (
              <li key={position}>
                <span className="sr-only">{t('swapPlace', { first: position, second: position + 1 })}</span>
                <SwappedDigits digits={digits} index={position - 1} />
              </li>
            ))}
          </ul>
        </div>
      ) : null}
    </div>
  );
}

/** The grouped number with two adjacent digits in bold. */
function SwappedDigits({ digits, index }: { digits: string; index: number }) {
  const groupedDigits = groupClabe(digits);
  // The digits' offsets in the grouped text.
  const offsets = [...groupedDigits].flatMap((char, offset) => (char === ' ' ? [] : [offset]));
  const [start = 0, end = 0] = [offsets[index], offsets[index + 1]];
  return (
    <span aria-hidden="true" className="tabular-nums">
      <Value>
        <span>{groupedDigits.slice(0, start)}</span>
        <strong className="text-danger">{groupedDigits.slice(start, end + 1)}</strong>
        <span>{groupedDigits.slice(end + 1)}</span>
      </Value>
    </span>
  );
}

/** Returns the bank's name from a table that loads once the customer types an account. */
function useBank(firstDigits: string): string | undefined {
  const [bank, setBank] = useState<{ firstDigits: string; label: string | undefined }>();
  useEffect(() => {
    if (firstDigits.length < BANK_DIGITS) return;
    let isStale = false;
    import('@/lib/reference-data/find-bank-by-clabe').then(
      ({ findBankByClabe: bankOfClabe }) => isStale || setBank({ firstDigits, label: bankOfClabe(firstDigits)?.label }),
      () => {}, // the bank's name is optional
    );
    return () => {
      isStale = true;
    };
  }, [firstDigits]);
  return bank?.firstDigits === firstDigits ? bank.label : undefined;
}

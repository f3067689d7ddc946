'use client';

import { useEffect, useRef, useState } from 'react';
import { useField } from '@/components/form/step-form-context';
import { TextField } from '@/components/form/text-field';
import { useTranslations } from '@/components/i18n/translations';
import { canBeAccount, normalizeAccountNumber } from '@/lib/domain/account/account';
import { findSwappedDigits } from '@/lib/domain/account/clabe';
import { ClabeDigits } from './clabe-digits';
import { useBank } from './use-bank';

const NAME = 'ubnParams.number';
/** The first digits of a CLABE identify its bank. */
const BANK_DIGITS = 3;
/** More possible swaps than this are not shown. */
const MAX_SWAPS = 3;

/** The account number. A CLABE is shown in groups with its bank, and with the digits that the customer may have swapped. */
export function AccountField({ country }: { country: string }) {
  const t = useTranslations('steps.payment');
  const { value } = useField(NAME);
  const [text, setText] = useState(value);
  const containerRef = useRef<HTMLDivElement>(null);
  // Reads text that was typed before the script arrived.
  useEffect(() => setText(containerRef.current?.querySelector('input')?.value ?? ''), []);
  const isMexican = country === 'MX';
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
      {isMexican ? <ClabeReadBack digits={normalizeAccountNumber(text, 'MX')} /> : null}
    </div>
  );
}

/** Repeats the number in groups beside the bank's name. Screen readers announce the bank and read the digits in the box. */
function ClabeReadBack({ digits }: { digits: string }) {
  const t = useTranslations('steps.payment');
  const { error } = useField(NAME);
  const bank = useBank(digits.length < BANK_DIGITS ? '' : digits.slice(0, BANK_DIGITS));
  const swaps = error === `${NAME}.check` ? findSwappedDigits(digits) : [];
  const shownSwaps = swaps.length <= MAX_SWAPS ? swaps : [];
  // The page must not repeat a card number that is typed here.
  const isShown = shownSwaps.length > 0 || (bank !== undefined && canBeAccount(digits, 'MX'));
  return (
    <div className={isShown ? 'mt-1.5 text-[0.9375rem]' : ''}>
      {shownSwaps.length > 0 ? (
        <p>
          <span>{t('swapHint')}</span>
          {shownSwaps.map((position) => (
            <span key={position} className="sr-only">
              {` ${t('swapPlace', { first: position, second: position + 1 })}`}
            </span>
          ))}
        </p>
      ) : null}
      <div className="flex flex-wrap items-baseline gap-x-3">
        {isShown ? <ClabeDigits digits={digits} swaps={shownSwaps} /> : null}
        <p role="status" className="font-semibold text-good">
          {bank ? t('bank', { bank }) : ''}
        </p>
      </div>
    </div>
  );
}

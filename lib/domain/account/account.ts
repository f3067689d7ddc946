import { holdsCardNumber } from '../card/card-number.ts';
import { cleanCode } from '../text/clean.ts';
import { CARD_NUMBER_KEY } from '../text/text.ts';
import { isClabe } from './clabe.ts';

/** The account number without what people write between and before its digits: `CLABE: 0021 8000…`. */
export const accountDigits = (text: string) =>
  cleanCode(text)
    .replace(/^(?:cuenta|account|cta|clabe|no|n[uú]m(?:ero)?|interbancaria|[\s.:#º°])+(?=[\s:#\d])/i, '')
    .replace(/[\s\p{Pd}.]/gu, '');

/**
 * Digits of the account numbers that a whole country uses: CLABE (Banco de México), CBU (Banco Central de la República
 * Argentina), CCI (Banco Central de Reserva del Perú). The vendor asks for a fixed length per country and publishes no
 * list (contract, section 3), so anything else is only held to what an account number can be (ISO 13616: 34 at most).
 */
const LENGTHS: Readonly<Record<string, number>> = { MX: 18, AR: 22, PE: 20 };
const ANY_ACCOUNT = /^[0-9A-Z]{4,34}$/i;

/**
 * A card's check passes one number in ten by chance, a mistyped CLABE included. Cards begin with 2 to 6 (ISO/IEC 7812-1,
 * and Mastercard's 2-series), most accounts do not.
 */
const isCardLike = (text: string) => /^\D*[2-6]/.test(text) && holdsCardNumber(text);

/** The message key of what is wrong with an account number as it was typed, or undefined. Only a CLABE has a check. */
export function accountProblem(text: string, country: string): string | undefined {
  const digits = accountDigits(text);
  if (digits === '') return 'ubnParams.number.required';
  const length = LENGTHS[country];
  const fits = length === undefined ? ANY_ACCOUNT.test(digits) : /^\d+$/.test(digits) && digits.length === length;
  // A number of the right length is meant as an account, and may pass a card's check by chance.
  if (isCardLike(text) && !(fits && length)) return CARD_NUMBER_KEY;
  if (!fits) return `ubnParams.number.${country === 'MX' ? 'length' : 'format'}`;
  return country === 'MX' && !isClabe(digits) ? 'ubnParams.number.check' : undefined;
}

/** Whether a long number in the account's box may stay there: an account, or what cannot be a card. */
export const mayBeAccount = (text: string, country: string) =>
  accountProblem(text, country) === undefined || !isCardLike(text);

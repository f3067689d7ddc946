import { hasCardNumber } from '../card/card-number.ts';
import { normalizeCodeText } from '../text/normalize.ts';
import { CARD_NUMBER_KEY } from '../text/text-schemas.ts';
import { isClabe } from './clabe.ts';

/** The account number without what people write between and before its digits: `CLABE: 0021 8000…`. */
export const normalizeAccountNumber = (text: string) =>
  normalizeCodeText(text)
    .replace(/^(?:cuenta|account|cta|clabe|no|n[uú]m(?:ero)?|interbancaria|[\s.:#º°])+(?=[\s:#\d])/i, '')
    .replace(/[\s\p{Pd}.]/gu, '');

/**
 * Digits of the account numbers that a whole country uses: CLABE (Banco de México), CBU (Banco Central de la República
 * Argentina), CCI (Banco Central de Reserva del Perú). The vendor asks for a fixed length per country and publishes no
 * list (contract, section 3), so anything else is only held to what an account number can be (ISO 13616: 34 at most).
 */
const ACCOUNT_LENGTHS: Readonly<Record<string, number>> = { MX: 18, AR: 22, PE: 20 };
const ACCOUNT_PATTERN = /^[0-9A-Z]{4,34}$/i;

/**
 * A card's check passes one number in ten by chance, a mistyped CLABE included. Cards begin with 2 to 6 (ISO/IEC 7812-1,
 * and Mastercard's 2-series), most accounts do not.
 */
const isCardLike = (text: string) => /^\D*[2-6]/.test(text) && hasCardNumber(text);

/** The message key of what is wrong with an account number as it was typed, or undefined. Only a CLABE has a check. */
export function findAccountProblem(text: string, country: string): string | undefined {
  const digits = normalizeAccountNumber(text);
  if (digits === '') return 'ubnParams.number.required';
  const length = ACCOUNT_LENGTHS[country];
  const hasValidFormat =
    length === undefined ? ACCOUNT_PATTERN.test(digits) : /^\d+$/.test(digits) && digits.length === length;
  // A number of the right length is meant as an account, and may pass a card's check by chance.
  if (isCardLike(text) && !(hasValidFormat && length)) return CARD_NUMBER_KEY;
  if (!hasValidFormat) return `ubnParams.number.${country === 'MX' ? 'length' : 'format'}`;
  return country === 'MX' && !isClabe(digits) ? 'ubnParams.number.check' : undefined;
}

/** Whether a long number in the account's box may stay there: an account, or what cannot be a card. */
export const canBeAccount = (text: string, country: string) =>
  findAccountProblem(text, country) === undefined || !isCardLike(text);

import { CARD_NUMBER_KEY, hasCardNumber } from '../card/card-number.ts';
import { normalizeCodeText } from '../text/normalize.ts';
import { isClabe } from './clabe.ts';

/** Removes labels and separators from an account number: `CLABE: 0021 8000…`. */
export const normalizeAccountNumber = (text: string) =>
  normalizeCodeText(text)
    .replace(/^(?:cuenta|account|cta|clabe|no|n[uú]m(?:ero)?|interbancaria|[\s.:#º°])+(?=[\s:#\d])/i, '')
    .replace(/[\s\p{Pd}.]/gu, '');

/**
 * Lengths of national account numbers: CLABE (Banco de México), CBU (Banco Central de la República Argentina), CCI (Banco
 * Central de Reserva del Perú). The vendor publishes no lengths (docs/vendor-notes.md#5-raas-payment-methods).
 */
const ACCOUNT_LENGTHS: Readonly<Record<string, number>> = { MX: 18, AR: 22, PE: 20 };
/** ISO 13616 allows at most 34 characters. */
const ACCOUNT_PATTERN = /^[0-9A-Z]{4,34}$/i;

/**
 * One number in ten passes a card's check by chance, so this also asks for a first digit of a card: 2 to 6 (ISO/IEC 7812-1).
 */
const isCardLike = (text: string) => /^\D*[2-6]/.test(text) && hasCardNumber(text);

/** Returns the message key of the problem in a typed account number, or undefined. Only a CLABE has a check digit. */
export function findAccountProblem(text: string, country: string): string | undefined {
  const digits = normalizeAccountNumber(text);
  if (digits === '') return 'ubnParams.number.required';
  const length = ACCOUNT_LENGTHS[country];
  const hasValidFormat =
    length === undefined ? ACCOUNT_PATTERN.test(digits) : /^\d+$/.test(digits) && digits.length === length;
  // A number of the right length is an account, even if it passes a card's check by chance.
  if (isCardLike(text) && !(hasValidFormat && length)) return CARD_NUMBER_KEY;
  if (!hasValidFormat) return `ubnParams.number.${country === 'MX' ? 'length' : 'format'}`;
  return country === 'MX' && !isClabe(digits) ? 'ubnParams.number.check' : undefined;
}

/** Tells whether a text may stay in the account field: a valid account, or no possible card number. */
export const canBeAccount = (text: string, country: string) =>
  findAccountProblem(text, country) === undefined || !isCardLike(text);

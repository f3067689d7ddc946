import { CARD_NUMBER_KEY, hasCardNumber } from '../card/card-number.ts';
import { normalizeCodeText } from '../text/normalize.ts';
import { isClabe } from './clabe.ts';

/**
 * Lengths of national account numbers: CLABE (Banco de México), CBU (Banco Central de la República Argentina), CCI (Banco
 * Central de Reserva del Perú). The vendor publishes no lengths (docs/vendor-notes.md#5-raas-payment-methods).
 */
const ACCOUNT_LENGTHS: Readonly<Record<string, number>> = { MX: 18, AR: 22, PE: 20 };
/** ISO 13616 allows at most 34 characters. */
const ACCOUNT_PATTERN = /^[0-9A-Z]{4,34}$/i;
/** Digits without a letter in between. */
const DIGIT_GROUP = /\d(?:[^\p{L}\d]*\d)*/gu;
/** Words before an account number; `No` also stands for the sign `Nº`. */
const LABELS =
  /^(?:cuenta|account|acct|cta|clabe|no|n°|n[uú]m(?:ero)?|number|iban|de|interbancaria|bancaria|[\s.:;=#°])+(?=[\s.:;=#\d])/i;

/** Finds the one group of digits with the length of the country's accounts: `CLABE (18 dígitos): 0021 8000… HSBC`. */
function findAccountDigits(text: string, country: string): { group: string; digits: string } | undefined {
  const accounts = (text.match(DIGIT_GROUP) ?? [])
    .map((group) => ({ group, digits: group.replace(/\D/g, '') }))
    .filter(({ digits }) => digits.length === ACCOUNT_LENGTHS[country]);
  return accounts.length === 1 ? accounts[0] : undefined;
}

/** Removes words and separators around and in an account number: `CLABE: 0021 8000…`. */
export function normalizeAccountNumber(text: string, country: string): string {
  const codeText = normalizeCodeText(text);
  return findAccountDigits(codeText, country)?.digits ?? codeText.replace(LABELS, '').replace(/[\s\p{Pd}.]/gu, '');
}

/**
 * One number in ten passes a card's check by chance, so this also asks for a first digit of a card: 2 to 6 (ISO/IEC 7812-1).
 */
const isCardLike = (text: string) => /^\D*[2-6]/.test(text) && hasCardNumber(text);

/** Returns the message key of the problem in a typed account number, or undefined. Only a CLABE has a check digit. */
export function findAccountProblem(text: string, country: string): string | undefined {
  const digits = normalizeAccountNumber(text, country);
  if (digits === '') return `ubnParams.number.${country === 'MX' ? 'clabe' : 'required'}`;
  const account = findAccountDigits(normalizeCodeText(text), country);
  const hasValidFormat = ACCOUNT_LENGTHS[country] === undefined ? ACCOUNT_PATTERN.test(digits) : account !== undefined;
  // A number of the right length is an account, even if it passes a card's check by chance.
  if (isCardLike(account ? normalizeCodeText(text).replace(account.group, '') : text)) return CARD_NUMBER_KEY;
  if (!hasValidFormat) return `ubnParams.number.${country === 'MX' ? 'length' : 'format'}`;
  return country === 'MX' && !isClabe(digits) ? 'ubnParams.number.check' : undefined;
}

/** Tells whether a text may stay in the account field: a valid account, or no possible card number. */
export function canBeAccount(text: string, country: string): boolean {
  const problem = findAccountProblem(text, country);
  return problem === undefined || (problem !== CARD_NUMBER_KEY && !isCardLike(text));
}

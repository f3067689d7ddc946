import { normalizeCodeText } from '../text/normalize.ts';

/** Message for a card number in another field. Such a value is neither stored nor shown. */
export const CARD_NUMBER_KEY = 'text.cardNumber';

/** ISO/IEC 7812-1 annex B. */
function isLuhnValid(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, char, index) => {
    const digit = Number(char) * (index % 2 ? 2 : 1);
    return total + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return sum % 10 === 0;
}

/** Digits with up to three separators in between: spaces, punctuation, symbols, combining marks. */
const DIGIT_RUN = /\d(?:[\s\p{P}\p{S}\p{M}]{0,3}\d){12,}/gu;
const [MIN_DIGITS, MAX_DIGITS] = [13, 19];

/**
 * Finds 13 to 19 digits that pass a card number's check, with separators and with an expiry or security code behind them.
 * Customers type card numbers into name and address fields (GOV.UK Pay refuses them for the same reason).
 */
export function hasCardNumber(text: string): boolean {
  return (normalizeCodeText(text).match(DIGIT_RUN) ?? []).some((run) => {
    const groups = run.match(/\d+/g) ?? [];
    return groups.some((_, from) => {
      let digits = '';
      for (const group of groups.slice(from, from + MAX_DIGITS)) {
        digits += group;
        if (digits.length > MAX_DIGITS) return false;
        if (digits.length >= MIN_DIGITS && isLuhnValid(digits)) return true;
      }
      return false;
    });
  });
}

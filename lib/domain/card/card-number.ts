/** ISO/IEC 7812-1 annex B. */
function isLuhnValid(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, char, index) => {
    const digit = Number(char) * (index % 2 ? 2 : 1);
    return total + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return sum % 10 === 0;
}

/** Digits with little between them: spaces of any width, dashes, dots, slashes, brackets, invisible characters. */
const DIGIT_RUN = /\d(?:[\s\p{P}\p{S}\p{Cf}]{0,3}\d){12,}/gu;
const [MIN_DIGITS, MAX_DIGITS] = [13, 19];

/**
 * Whether the text holds 13 to 19 digits in a row, whatever stands between them, that pass the check of a card number.
 * An expiry or a security code behind it does not hide it. People do type cards into name and address boxes (GOV.UK
 * Pay refuses them for the same reason).
 */
export function hasCardNumber(text: string): boolean {
  // Full-width digits and the like become plain ones (Unicode NFKC).
  return (text.normalize('NFKC').match(DIGIT_RUN) ?? []).some((run) => {
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

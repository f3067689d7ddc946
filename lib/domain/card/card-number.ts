/** ISO/IEC 7812-1 annex B. */
function passesLuhn(digits: string): boolean {
  const sum = [...digits].reverse().reduce((total, char, at) => {
    const digit = Number(char) * (at % 2 ? 2 : 1);
    return total + (digit > 9 ? digit - 9 : digit);
  }, 0);
  return sum % 10 === 0;
}

/**
 * Whether the text holds 13 to 19 digits in a row, spaces and dashes aside, that pass the check of a card number.
 * People do type card numbers into name and address fields (GOV.UK Pay refuses them for the same reason).
 */
export function holdsCardNumber(text: string): boolean {
  return (text.match(/\d(?:[ -]?\d){12,18}/g) ?? []).some((run) => passesLuhn(run.replace(/\D/g, '')));
}

/**
 * Checks a CLABE: the last of 18 digits is the check digit over weights 3, 7, 1, each product modulo 10 (Banco de México).
 */
export function isClabe(digits: string): boolean {
  if (!/^\d{18}$/.test(digits)) return false;
  const weights = [3, 7, 1];
  const sum = [...digits.slice(0, 17)].reduce(
    (total, digit, index) => total + ((Number(digit) * (weights[index % 3] ?? 0)) % 10),
    0,
  );
  return (10 - (sum % 10)) % 10 === Number(digits[17]);
}

/** Groups a CLABE as banks print it: bank, branch, account, check digit. */
export const groupClabe = (digits: string) => digits.replace(/^(\d{3})(\d{3})(\d{11})(\d)$/, '$1 $2 $3 $4');

/**
 * Finds neighbouring digits whose exchange makes the number valid, and returns the position (from 1) of each pair. An
 * exchange of digits that differ by five passes the check and cannot be found.
 */
export function findSwappedDigits(digits: string): number[] {
  if (!/^\d{18}$/.test(digits) || isClabe(digits)) return [];
  const withSwappedDigits = (index: number) =>
    digits.slice(0, index) + digits.charAt(index + 1) + digits.charAt(index) + digits.slice(index + 2);
  return Array.from({ length: 17 }, (_, index) => index)
    .filter((index) => digits.charAt(index) !== digits.charAt(index + 1) && isClabe(withSwappedDigits(index)))
    .map((index) => index + 1);
}

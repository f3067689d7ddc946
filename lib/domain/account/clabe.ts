/**
 * Whether 18 digits are a CLABE: the last is the check digit over weights 3, 7, 1, each product modulo 10
 * (Banco de México, CLABE standard).
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

/** Read as banks print it: bank, branch, account, check digit. */
export const groupClabe = (digits: string) => digits.replace(/^(\d{3})(\d{3})(\d{11})(\d)$/, '$1 $2 $3 $4');

/**
 * Where two neighbours may have changed places, the commonest slip after a wrong digit: the positions (from 1) of the
 * first of each pair whose exchange makes the number right. A slip of two digits that differ by five passes the check
 * and cannot be found.
 */
export function findSwappedDigits(digits: string): number[] {
  if (!/^\d{18}$/.test(digits) || isClabe(digits)) return [];
  const withSwappedDigits = (index: number) =>
    digits.slice(0, index) + digits.charAt(index + 1) + digits.charAt(index) + digits.slice(index + 2);
  return Array.from({ length: 17 }, (_, index) => index)
    .filter((index) => digits.charAt(index) !== digits.charAt(index + 1) && isClabe(withSwappedDigits(index)))
    .map((index) => index + 1);
}

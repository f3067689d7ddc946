/** What people write between the digits of an account number. */
export const accountDigits = (text: string) => text.replace(/[\s-]/g, '');

/**
 * Whether 18 digits are a CLABE: the last is the check digit over weights 3, 7, 1, each product modulo 10
 * (Banco de México, CLABE standard).
 */
export function isClabe(digits: string): boolean {
  if (!/^\d{18}$/.test(digits)) return false;
  const weights = [3, 7, 1];
  const sum = [...digits.slice(0, 17)].reduce(
    (total, digit, at) => total + ((Number(digit) * (weights[at % 3] ?? 0)) % 10),
    0,
  );
  return (10 - (sum % 10)) % 10 === Number(digits[17]);
}

/** Read as banks print it: bank, branch, account, check digit. */
export const groupClabe = (digits: string) => digits.replace(/^(\d{3})(\d{3})(\d{11})(\d)$/, '$1 $2 $3 $4');

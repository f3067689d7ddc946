import { readPhone } from '../phone/phone.ts';
import type { PhoneRules } from '../phone/phone-rules.ts';
import { toComparisonKey } from '../text/comparison-key.ts';
import { normalizeCodeText } from '../text/normalize.ts';

/** A text with which an agent looks for a customer, by its kind. */
export type CustomerQuery = { kind: 'phone'; phone: string } | { kind: 'code' } | { kind: 'text' };

/** Length of the code with which a customer asks for help. */
const CODE_LENGTH = 8;

/**
 * Tells a phone, a customer's code and other text apart. A code can consist of letters alone, as a name does, or of digits
 * alone: such a text is a code only when no customer matches it (`canBeCode`).
 *
 * @param country of the phone, chosen beside it where several are offered
 */
export function readCustomerQuery(
  text: string,
  rules: readonly PhoneRules[],
  country: string | undefined,
): CustomerQuery {
  const hasBoth = /\d/.test(normalizeCodeText(text)) && /[a-z]/i.test(text);
  if (hasBoth && canBeCode(text)) return { kind: 'code' };
  const phone = readPhone(text, rules, rules.length === 1 ? rules[0]?.country : country);
  return phone ? { kind: 'phone', phone: phone.e164 } : { kind: 'text' };
}

/** Tells whether a text has the form of a customer's code: eight letters and digits. */
export function canBeCode(text: string): boolean {
  const signs = normalizeCodeText(text).replace(/[\s-]/g, '');
  return signs.length === CODE_LENGTH && /^[a-z0-9]+$/i.test(signs);
}

/** Tells whether a customer's name contains the text's letters, or the phone contains its digits. An empty text matches. */
export function matchesCustomer(text: string, { name, phone }: { name: string; phone: string }): boolean {
  const [letters, digits] = [toComparisonKey(text), normalizeCodeText(text).replace(/\D/g, '')];
  if (letters + digits === '') return true;
  return (
    (letters !== '' && toComparisonKey(name).includes(letters)) ||
    (digits !== '' && phone.replace(/\D/g, '').includes(digits))
  );
}

import * as z from 'zod/mini';
import { CARD_NUMBER_KEY, hasCardNumber } from '../../card/card-number.ts';
import { type FormInput, getFieldText } from '../../form-input.ts';
import { readPhone } from '../../phone/phone.ts';
import type { PhoneRules } from '../../phone/phone-rules.ts';
import { MAX_PHONE_LENGTH } from '../../text/max-lengths.ts';
import { codeNormalizer } from '../../text/text-schemas.ts';

type PhoneInput = { text: string; country: string };
type Rules = readonly PhoneRules[];

/** Returns the phone of an identity form in E.164, or undefined when it is no mobile of an offered country. */
export const parseFormPhone = (form: FormInput, rules: Rules): string | undefined =>
  parsePhoneInput({ text: getFieldText(form, 'phoneNumber'), country: getFieldText(form, 'phoneCountry') }, rules)
    ?.e164;

const textSchema = z.catch(z.string().check(codeNormalizer), '');

/** With one country there is nothing to choose. */
const parsePhoneInput = ({ text, country }: PhoneInput, rules: Rules) =>
  readPhone(text, rules, rules.length === 1 ? rules[0]?.country : country);

function findProblem(input: PhoneInput, rules: Rules): string | undefined {
  const { text } = input;
  if (text === '') return 'phoneNumber.required';
  if (text.length <= MAX_PHONE_LENGTH && parsePhoneInput(input, rules)) return undefined;
  if (hasCardNumber(text)) return CARD_NUMBER_KEY;
  return rules.length > 1 ? 'phoneNumber.country' : 'phoneNumber.format';
}

/**
 * Parses a mobile number and the country chosen beside it (if several are offered) to E.164.
 *
 * @param rules of the offered countries
 */
export const createPhoneSchema = (rules: Rules) =>
  z.pipe(
    z.object({ text: textSchema, country: textSchema }).check(({ value, issues }) => {
      const message = findProblem(value, rules);
      if (message) issues.push({ code: 'custom', message, path: [], input: value, continue: true });
    }),
    z.transform((input) => parsePhoneInput(input, rules)?.e164 ?? ''),
  );

/** Joins `phoneNumber` and `phoneCountry` before the schema reads them. */
export const withPhoneCountry = <Schema extends z.ZodMiniType>(schema: Schema) =>
  z.pipe(
    z.transform((form: unknown): unknown => {
      const { phoneNumber, phoneCountry, ...rest } = { ...(form as object) } as Record<string, unknown>;
      return { ...rest, phoneNumber: { text: phoneNumber, country: phoneCountry } };
    }),
    schema,
  );

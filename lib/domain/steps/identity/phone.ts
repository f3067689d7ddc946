import * as z from 'zod/mini';
import { holdsCardNumber } from '../../card/card-number.ts';
import { type FormInput, fieldText } from '../../form-input.ts';
import { readPhone } from '../../phone/phone.ts';
import type { PhoneRules } from '../../phone/phone-rules.ts';
import { asCode, CARD_NUMBER_KEY, MAX_PHONE } from '../../text/text.ts';

type Given = { text: string; country: string };
type Rules = readonly PhoneRules[];

/** @returns the E.164 form of the number in an identity form; undefined when it is no number of an offered country */
export const readFormPhone = (form: FormInput, rules: Rules): string | undefined =>
  read({ text: fieldText(form, 'phoneNumber'), country: fieldText(form, 'phoneCountry') }, rules)?.e164;

const line = z.catch(z.string().check(asCode), '');

/** With one country there is nothing to choose. */
const read = ({ text, country }: Given, rules: Rules) =>
  readPhone(text, rules, rules.length === 1 ? rules[0]?.country : country);

function findProblem(given: Given, rules: Rules): string | undefined {
  const { text } = given;
  if (text === '') return 'phoneNumber.required';
  if (text.length <= MAX_PHONE && read(given, rules)) return undefined;
  if (holdsCardNumber(text)) return CARD_NUMBER_KEY;
  return rules.length > 1 ? 'phoneNumber.country' : 'phoneNumber.format';
}

/**
 * A mobile number in any spelling, with the country that is chosen beside it where more than one is offered; E.164.
 *
 * @param rules of the offered countries
 */
export const phone = (rules: Rules) =>
  z.pipe(
    z.object({ text: line, country: line }).check(({ value, issues }) => {
      const message = findProblem(value, rules);
      if (message) issues.push({ code: 'custom', message, path: [], input: value, continue: true });
    }),
    z.transform((given) => read(given, rules)?.e164 ?? ''),
  );

/** Reads a form in which `phoneCountry` stands beside `phoneNumber`: neither means anything alone. */
export const withPhoneCountry = <Schema extends z.ZodMiniType>(schema: Schema) =>
  z.pipe(
    z.transform((form: unknown): unknown => {
      const { phoneNumber, phoneCountry, ...rest } = { ...(form as object) } as Record<string, unknown>;
      return { ...rest, phoneNumber: { text: phoneNumber, country: phoneCountry } };
    }),
    schema,
  );

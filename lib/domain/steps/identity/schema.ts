import * as z from 'zod/mini';
import { isMonthFirst } from '../../countries/countries.ts';
import type { FieldPolicy, JourneyContext } from '../../journey-context.ts';
import {
  byPolicy,
  MAX_EMAIL,
  MAX_LINE,
  noCardNumber,
  optionalChoice,
  optionalName,
  optionalText,
  requiredName,
  TICKED,
} from '../../text/text.ts';
import { birthDate } from './birth-date.ts';
import { plainEmail } from './email.ts';
import { phone, withPhoneCountry } from './phone.ts';

/** The vendor's values; `None` is a string of theirs and means "rather not say" here. */
export const GENDERS = ['Female', 'Male', 'Other', 'None'] as const;

const email = z.pipe(
  z.optional(
    z.string().check(
      z.overwrite(plainEmail),
      z.maxLength(MAX_EMAIL, 'email.format'),
      noCardNumber,
      z.refine((text) => text === '' || z.regexes.email.test(text), 'email.format'),
    ),
  ),
  z.transform((text) => (text === '' ? undefined : text)),
);

/** A box to tick instead of an answer that not everybody has. */
const ticked = z.optional(z.enum(['', TICKED], 'text.characters'));

/** Not everybody has two surnames or an address: these two may be declined, so a check of both boxes decides. */
const unlessDeclined = (policy: FieldPolicy): FieldPolicy => (policy === 'required' ? 'optional' : policy);

/** Who the customer is. Names are taken in any script and never rewritten. */
export const identitySchema = ({ today, country, phoneRules, states, fields }: JourneyContext) => {
  const birthState =
    states.length > 0
      ? optionalChoice(
          states.map(({ iso }) => iso),
          'birthState.unknown',
        )
      : optionalText(MAX_LINE);
  return z.pipe(
    withPhoneCountry(
      z
        .object({
          firstName: requiredName('firstName'),
          middleName: byPolicy(fields.middleName, 'middleName', optionalName()),
          lastName: requiredName('lastName'),
          lastName2: byPolicy(unlessDeclined(fields.lastName2), 'lastName2', optionalName()),
          oneSurname: ticked,
          dob: birthDate(today, isMonthFirst(country)),
          phoneNumber: phone(phoneRules),
          email: byPolicy(unlessDeclined(fields.email), 'email', email),
          noEmail: ticked,
          gender: byPolicy(fields.gender, 'gender', optionalChoice(GENDERS, 'gender.unknown')),
          birthState: byPolicy(fields.birthState, 'birthState', birthState),
        })
        .check(({ value, issues }) => {
          const { lastName2, oneSurname, email: address, noEmail } = value;
          const missing = (field: string) =>
            issues.push({ code: 'custom', message: `${field}.required`, path: [field], input: value });
          if (fields.lastName2 === 'required' && lastName2 === undefined && !oneSurname) missing('lastName2');
          if (fields.email === 'required' && address === undefined && !noEmail) missing('email');
        }),
    ),
    z.transform(({ oneSurname: _one, noEmail: _none, ...answer }) => answer),
  );
};

export type IdentityAnswer = z.output<ReturnType<typeof identitySchema>>;

import * as z from 'zod/mini';
import { isMonthFirst } from '../../countries/countries.ts';
import type { FieldPolicy, JourneyContext } from '../../journey-context.ts';
import { MAX_EMAIL_LENGTH, MAX_LINE_LENGTH } from '../../text/max-lengths.ts';
import {
  applyFieldPolicy,
  cardNumberCheck,
  checkboxSchema,
  createOptionalChoiceSchema,
  createOptionalNameSchema,
  createOptionalTextSchema,
  createRequiredNameSchema,
} from '../../text/text-schemas.ts';
import { createBirthDateSchema } from './birth-date.ts';
import { isEmail, normalizeEmail } from './email.ts';
import { GENDERS } from './genders.ts';
import { createPhoneSchema, withPhoneCountry } from './phone.ts';

const emailSchema = z.pipe(
  z.optional(
    z.string().check(
      z.overwrite(normalizeEmail),
      z.maxLength(MAX_EMAIL_LENGTH, 'email.format'),
      cardNumberCheck,
      z.refine((text) => text === '' || isEmail(text), 'email.format'),
    ),
  ),
  z.transform((text) => (text === '' ? undefined : text)),
);

/** Customers without a second surname or an e-mail address tick a checkbox instead, so the form's check decides. */
const toDeclinablePolicy = (policy: FieldPolicy): FieldPolicy => (policy === 'required' ? 'optional' : policy);

/** Names of any script are valid and never rewritten. */
export const createIdentitySchema = ({ today, country, phoneRules, states, fields }: JourneyContext) => {
  const birthState =
    states.length > 0
      ? createOptionalChoiceSchema(
          states.map(({ iso }) => iso),
          'birthState.unknown',
        )
      : createOptionalTextSchema(MAX_LINE_LENGTH);
  return z.pipe(
    withPhoneCountry(
      z
        .object({
          firstName: createRequiredNameSchema('firstName'),
          middleName: applyFieldPolicy(fields.middleName, 'middleName', createOptionalNameSchema()),
          lastName: createRequiredNameSchema('lastName'),
          lastName2: applyFieldPolicy(toDeclinablePolicy(fields.lastName2), 'lastName2', createOptionalNameSchema()),
          oneSurname: checkboxSchema,
          dob: createBirthDateSchema(today, isMonthFirst(country)),
          phoneNumber: createPhoneSchema(phoneRules),
          email: applyFieldPolicy(toDeclinablePolicy(fields.email), 'email', emailSchema),
          noEmail: checkboxSchema,
          gender: applyFieldPolicy(fields.gender, 'gender', createOptionalChoiceSchema(GENDERS, 'gender.unknown')),
          birthState: applyFieldPolicy(fields.birthState, 'birthState', birthState),
        })
        .check(({ value, issues }) => {
          const { lastName2, oneSurname, email: address, noEmail } = value;
          const addMissingIssue = (field: string) =>
            issues.push({ code: 'custom', message: `${field}.required`, path: [field], input: value });
          if (fields.lastName2 === 'required' && lastName2 === undefined && !oneSurname) addMissingIssue('lastName2');
          if (fields.email === 'required' && address === undefined && !noEmail) addMissingIssue('email');
        }),
    ),
    z.transform(({ oneSurname: _one, noEmail: _none, ...answer }) => answer),
  );
};

export type IdentityAnswer = z.output<ReturnType<typeof createIdentitySchema>>;

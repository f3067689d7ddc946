import * as z from 'zod/mini';
import { MEXICAN_STATE_CODES } from '../../address/mexican-states.ts';
import type { JourneyContext } from '../../journey-context.ts';
import { normalPhone } from '../../phone/phone.ts';
import { MAX_EMAIL, MAX_LINE, MAX_NAME, optionalChoice, optionalText, requiredText } from '../../text/text.ts';
import { birthDate } from './birth-date.ts';

/** The vendor's values; `None` is a string of theirs and means "rather not say" here. */
export const GENDERS = ['Female', 'Male', 'Other', 'None'] as const;

const phone = (country: string) =>
  z.pipe(
    z.string('phoneNumber.required').check(
      z.trim(),
      z.minLength(1, 'phoneNumber.required'),
      z.maxLength(40, 'phoneNumber.format'),
      z.refine((text) => text === '' || normalPhone(text, country) !== null, 'phoneNumber.format'),
    ),
    z.transform((text) => normalPhone(text, country) ?? ''),
  );

const email = z.pipe(
  z.optional(
    z.string().check(
      z.trim(),
      z.maxLength(MAX_EMAIL, 'email.format'),
      z.refine((text) => text === '' || z.regexes.email.test(text), 'email.format'),
    ),
  ),
  z.transform((text) => (text === '' ? undefined : text)),
);

/** Who the customer is. Names are taken in any script and never rewritten. */
export const identitySchema = ({ today, country }: JourneyContext) =>
  z.object({
    firstName: requiredText('firstName', MAX_NAME),
    middleName: optionalText(MAX_NAME),
    lastName: requiredText('lastName', MAX_NAME),
    lastName2: optionalText(MAX_NAME),
    dob: birthDate(today),
    phoneNumber: phone(country),
    email,
    gender: optionalChoice(GENDERS, 'gender.unknown'),
    birthState: country === 'MX' ? optionalChoice(MEXICAN_STATE_CODES, 'birthState.unknown') : optionalText(MAX_LINE),
  });

export type IdentityAnswer = z.output<ReturnType<typeof identitySchema>>;

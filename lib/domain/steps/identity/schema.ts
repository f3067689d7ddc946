import * as z from 'zod/mini';
import { holdsCardNumber } from '../../card/card-number.ts';
import { isMonthFirst } from '../../countries/countries.ts';
import type { JourneyContext } from '../../journey-context.ts';
import { isPhone, normalPhone } from '../../phone/phone.ts';
import {
  CARD_NUMBER_KEY,
  MAX_EMAIL,
  MAX_LINE,
  MAX_NAME,
  noCardNumber,
  optionalChoice,
  optionalText,
  requiredText,
} from '../../text/text.ts';
import { birthDate } from './birth-date.ts';

/** The vendor's values; `None` is a string of theirs and means "rather not say" here. */
export const GENDERS = ['Female', 'Male', 'Other', 'None'] as const;

const phone = (country: string) =>
  z.pipe(
    z.string('phoneNumber.required').check(
      z.trim(),
      z.minLength(1, 'phoneNumber.required'),
      z.maxLength(40, 'phoneNumber.format'),
      z.refine((text) => !holdsCardNumber(text) || isPhone(text, country), CARD_NUMBER_KEY),
      z.refine((text) => text === '' || isPhone(text, country), 'phoneNumber.format'),
    ),
    z.transform((text) => normalPhone(text, country) ?? ''),
  );

const email = z.pipe(
  z.optional(
    z.string().check(
      z.trim(),
      z.maxLength(MAX_EMAIL, 'email.format'),
      noCardNumber,
      z.refine((text) => text === '' || z.regexes.email.test(text), 'email.format'),
    ),
  ),
  z.transform((text) => (text === '' ? undefined : text)),
);

/** Who the customer is. Names are taken in any script and never rewritten. */
export const identitySchema = ({ today, country, states }: JourneyContext) =>
  z.object({
    firstName: requiredText('firstName', MAX_NAME),
    middleName: optionalText(MAX_NAME),
    lastName: requiredText('lastName', MAX_NAME),
    lastName2: optionalText(MAX_NAME),
    dob: birthDate(today, isMonthFirst(country)),
    phoneNumber: phone(country),
    email,
    gender: optionalChoice(GENDERS, 'gender.unknown'),
    birthState:
      states.length > 0
        ? optionalChoice(
            states.map(({ iso }) => iso),
            'birthState.unknown',
          )
        : optionalText(MAX_LINE),
  });

export type IdentityAnswer = z.output<ReturnType<typeof identitySchema>>;

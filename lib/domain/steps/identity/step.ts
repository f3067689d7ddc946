import { isPhone } from '../../phone/phone.ts';
import { always, type Step } from '../step.ts';
import { type IdentityAnswer, identitySchema } from './schema.ts';

export const identityStep = {
  id: 'identity',
  fields: [
    ...['firstName', 'lastName', 'lastName2', 'oneSurname', 'dob.day', 'dob.month', 'dob.year', 'phoneNumber'],
    ...['email', 'noEmail', 'middleName', 'gender', 'birthState'],
  ],
  schema: identitySchema,
  appliesTo: always,
  ownNumbers: { phoneNumber: (text, { country }) => isPhone(text, country) },
} satisfies Step<'identity', IdentityAnswer>;

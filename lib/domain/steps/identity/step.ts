import { always, type Step } from '../step.ts';
import { identityPayload } from './payload.ts';
import { type IdentityAnswer, identitySchema } from './schema.ts';

export const identityStep = {
  id: 'identity',
  fields: [
    ...['firstName', 'lastName', 'lastName2', 'dob.day', 'dob.month', 'dob.year', 'phoneNumber', 'email'],
    ...['middleName', 'gender', 'birthState'],
  ],
  schema: identitySchema,
  appliesTo: always,
  toPayload: identityPayload,
} satisfies Step<'identity', IdentityAnswer>;

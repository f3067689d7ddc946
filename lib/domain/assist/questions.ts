import type { StepId } from '../steps/index.ts';

/** Fields that the agent never reads out: checkboxes about another answer, and parts of a chosen place. */
export const SILENT_FIELDS: ReadonlySet<string> = new Set([
  'oneSurname',
  'noEmail',
  'zipCodeConfirmed',
  'listedZipCode',
  'otherCity',
  'placeDetail',
  'latitude',
  'longitude',
  'streetNumber',
]);

/** The questions of each step that the agent reads out, by field; a date's three boxes are one. The card has none. */
export const QUESTIONS = {
  identity: [
    'firstName',
    'middleName',
    'lastName',
    'lastName2',
    'dob',
    'phoneCountry',
    'phoneNumber',
    'email',
    'gender',
    'birthState',
  ],
  address: ['search', 'address1', 'address2', 'zipCode', 'city', 'address3', 'state', 'countryCode'],
  payment: ['paymentMethodType', 'ubnParams.number'],
} as const satisfies Record<Exclude<StepId, 'card'>, readonly string[]>;

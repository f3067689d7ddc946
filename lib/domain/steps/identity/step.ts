import { isPhone } from '../../phone/phone.ts';
import { MAX_CHOICE, MAX_DATE_PART, MAX_EMAIL, MAX_LINE, MAX_NAME, MAX_PHONE, TICKED } from '../../text/text.ts';
import { always, type Step } from '../step.ts';
import { type IdentityAnswer, identitySchema } from './schema.ts';

const maxLengths = {
  firstName: MAX_NAME,
  lastName: MAX_NAME,
  lastName2: MAX_NAME,
  oneSurname: TICKED.length,
  'dob.day': MAX_DATE_PART,
  'dob.month': MAX_DATE_PART,
  'dob.year': MAX_DATE_PART,
  phoneCountry: MAX_CHOICE,
  phoneNumber: MAX_PHONE,
  email: MAX_EMAIL,
  noEmail: TICKED.length,
  middleName: MAX_NAME,
  gender: MAX_CHOICE,
  birthState: MAX_LINE,
};

export const identityStep = {
  id: 'identity',
  maxLengths,
  fields: Object.keys(maxLengths),
  schema: identitySchema,
  appliesTo: always,
  preselected: ['phoneCountry'],
  ownNumbers: { phoneNumber: (text, { phoneRules }) => isPhone(text, phoneRules) },
} satisfies Step<'identity', IdentityAnswer>;

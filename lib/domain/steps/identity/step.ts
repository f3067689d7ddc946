import { CHECKBOX_VALUE } from '../../form-input.ts';
import { isPhone } from '../../phone/phone.ts';
import {
  MAX_CHOICE_LENGTH,
  MAX_DATE_PART_LENGTH,
  MAX_EMAIL_LENGTH,
  MAX_LINE_LENGTH,
  MAX_NAME_LENGTH,
  MAX_PHONE_LENGTH,
} from '../../text/max-lengths.ts';
import { isAlwaysApplicable, type Step } from '../step.ts';
import type { IdentityAnswer } from './schema.ts';

const maxLengths = {
  firstName: MAX_NAME_LENGTH,
  lastName: MAX_NAME_LENGTH,
  lastName2: MAX_NAME_LENGTH,
  oneSurname: CHECKBOX_VALUE.length,
  'dob.day': MAX_DATE_PART_LENGTH,
  'dob.month': MAX_DATE_PART_LENGTH,
  'dob.year': MAX_DATE_PART_LENGTH,
  phoneCountry: MAX_CHOICE_LENGTH,
  phoneNumber: MAX_PHONE_LENGTH,
  email: MAX_EMAIL_LENGTH,
  noEmail: CHECKBOX_VALUE.length,
  middleName: MAX_NAME_LENGTH,
  gender: MAX_CHOICE_LENGTH,
  birthState: MAX_LINE_LENGTH,
};

export const identityStep = {
  id: 'identity',
  maxLengths,
  fields: Object.keys(maxLengths),
  loadSchema: async () => (await import('./schema.ts')).createIdentitySchema,
  isApplicable: isAlwaysApplicable,
  preselected: ['phoneCountry'],
  ownNumbers: { phoneNumber: (text, { phoneRules }) => isPhone(text, phoneRules) },
} satisfies Step<'identity', IdentityAnswer>;

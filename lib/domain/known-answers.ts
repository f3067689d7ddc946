import { type FormInput, getFieldText } from './form-input.ts';

/** Answers that a person recognizes, in the order in which they are shown; the parts of one answer stand together. */
const RECOGNIZABLE_ANSWERS: readonly (readonly string[])[] = [
  ['firstName', 'middleName', 'lastName', 'lastName2'],
  ['dob.day', 'dob.month', 'dob.year'],
  ['phoneNumber'],
  ['email'],
  ['address1', 'address2'],
  ['city'],
  ['address3'],
  ['zipCode'],
  ['state'],
  ['ubnParams.number'],
  ['addCardParams.nameOnCard'],
];

/** Lists the texts of a form's known fields for a summary line. Codes of choices, coordinates and tokens are no texts for people. */
export const listKnownTexts = (input: FormInput, fields: readonly string[]): string[] =>
  RECOGNIZABLE_ANSWERS.map((names) =>
    names
      .filter((name) => fields.includes(name))
      .map((name) => getFieldText(input, name))
      .filter(Boolean)
      .join(' '),
  ).filter(Boolean);

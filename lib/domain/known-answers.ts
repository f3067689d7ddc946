import { getStateName } from './address/states.ts';
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

/**
 * Lists the texts of a form's known fields for a summary line, as people write them. Codes of choices, coordinates and tokens are
 * no texts for people.
 *
 * @param country of the state, unless the form has one; ISO 3166-1 alpha-2
 */
export function listKnownTexts(input: FormInput, fields: readonly string[], country: string): string[] {
  const getText = (name: string) => {
    const text = getFieldText(input, name);
    return name === 'state' ? getStateName(getFieldText(input, 'countryCode') || country, text) : text;
  };
  return RECOGNIZABLE_ANSWERS.map((names) =>
    names
      .filter((name) => fields.includes(name))
      .map(getText)
      .filter(Boolean)
      .join(' '),
  ).filter(Boolean);
}

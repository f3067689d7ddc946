import type { JourneyContext } from '../journey-context.ts';
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

/** Checkboxes that answer the question of another field. */
const QUESTION_OF_CHECKBOX: Readonly<Record<string, string>> = { oneSurname: 'lastName2', noEmail: 'email' };

/** Returns the checkbox that answers a question instead of its own boxes. */
export const findCheckboxOfQuestion = (question: string): string | undefined =>
  Object.keys(QUESTION_OF_CHECKBOX).find((checkbox) => QUESTION_OF_CHECKBOX[checkbox] === question);

/** Returns the question of a field, or of a part of it (`dob.day`). */
export function findQuestion(questions: readonly string[], fieldName: string): string | undefined {
  const name = QUESTION_OF_CHECKBOX[fieldName] ?? fieldName;
  return questions.find((question) => name === question || name.startsWith(`${question}.`));
}

type AskedContext = Pick<JourneyContext, 'fields' | 'phoneRules' | 'countries' | 'paymentMethodTypes'>;

/** Lists the questions of a step that its page asks. @param hasSearch the address has a search */
export function listQuestions(step: keyof typeof QUESTIONS, context: AskedContext, hasSearch: boolean): string[] {
  const { fields, phoneRules, countries, paymentMethodTypes } = context;
  const isAsked: Readonly<Record<string, boolean>> = {
    search: hasSearch,
    phoneCountry: phoneRules.length > 1,
    countryCode: countries.length > 1,
    paymentMethodType: paymentMethodTypes.length > 1,
    'ubnParams.number': paymentMethodTypes.includes('UBN'),
  };
  const isHidden = (name: string) =>
    Object.entries(fields).some(([field, policy]) => field === name && policy === 'hidden');
  return QUESTIONS[step].filter((name) => isAsked[name] !== false && !isHidden(name));
}

import { type FormInput, getFieldText, mapTexts, readForm } from '../form-input.ts';
import { type DraftAnswers, getStepForm } from '../journey.ts';
import type { JourneyContext } from '../journey-context.ts';
import { getStep } from '../steps/index.ts';
import { removeDisallowedTexts, removeTooLongTexts } from '../steps/step.ts';
import { toComparisonKey } from '../text/comparison-key.ts';
import type { PersonFields } from './person-fields.ts';

/** The sources of texts that the customer did not type: a document read on the device, or a wallet. */
export const FILL_SOURCES = ['document', 'wallet'] as const;
export type FillSource = (typeof FILL_SOURCES)[number];

/** The texts that a source filled in, by field. A field whose text has changed since counts as typed. */
export type FilledTexts = Readonly<Record<string, { source: FillSource; text: string }>>;

/** Steps that a source can fill. */
export const FILLED_STEPS = ['identity', 'address'] as const;
type FilledStep = (typeof FILLED_STEPS)[number];

const ADDRESS_FIELDS = ['address1', 'address2', 'city', 'state', 'zipCode', 'countryCode'] as const;
const NO_ADDRESS = Object.fromEntries(ADDRESS_FIELDS.map((name) => [name, undefined]));

/** A middle name belongs to the first name where the form does not ask for it. */
function placeGivenNames({ firstName, middleName }: PersonFields, { fields }: JourneyContext) {
  if (fields.middleName !== 'hidden') return { firstName, middleName };
  return { firstName: firstName && middleName ? `${firstName} ${middleName}` : firstName, middleName: undefined };
}

/** Returns the values as texts of the form's fields. Values that the form does not ask for or offer are left out. */
export function toFormTexts(fields: PersonFields, context: JourneyContext): Map<string, string> {
  const { dob, countryCode, birthState, oneSurname } = fields;
  const [year, month, day] = dob?.split('-') ?? [];
  const values: Partial<Record<string, string | undefined>> = {
    ...fields,
    ...placeGivenNames(fields, context),
    dob: undefined,
    'dob.day': day,
    'dob.month': month,
    'dob.year': year,
    birthState: context.states.some(({ iso }) => iso === birthState) ? birthState : undefined,
    oneSurname: context.fields.lastName2 === 'required' ? oneSurname : undefined,
    ...(countryCode !== undefined && context.countries.includes(countryCode) ? {} : NO_ADDRESS),
  };
  for (const [name, policy] of Object.entries(context.fields)) if (policy === 'hidden') values[name] = undefined;
  return new Map(Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1])));
}

/** A typed name with accents and a printed one in capitals are the same: the typed one stays. */
const isSameText = (first: string, second: string) => {
  const key = toComparisonKey(first);
  return key !== '' && key === toComparisonKey(second);
};

/**
 * Fills a step's form. What the customer typed stays where the source says the same or nothing; a typed address stays as a whole,
 * because an address of two halves would be wrong.
 *
 * @returns the form and the texts that came from the source; undefined when the source has nothing for this step
 */
export function fillStepForm(
  stepId: FilledStep,
  texts: ReadonlyMap<string, string>,
  current: FormInput,
  context: JourneyContext,
): { input: FormInput; texts: Readonly<Record<string, string>> } | undefined {
  const step = getStep(stepId);
  const hasText = (name: string) => getFieldText(current, name) !== '';
  if (stepId === 'address' && ['address1', 'city', 'zipCode'].some(hasText)) return undefined;
  const sourceInput = removeDisallowedTexts(step, removeTooLongTexts(step, readForm(texts, step.fields)), context);
  const filled: Record<string, string> = {};
  const input = mapTexts(sourceInput, (name, text) => {
    const currentText = getFieldText(current, name);
    if (text === '' || isSameText(text, currentText) || (name === 'oneSurname' && hasText('lastName2')))
      return currentText;
    filled[name] = text;
    return text;
  });
  return Object.keys(filled).length > 0 ? { input, texts: filled } : undefined;
}

/** Returns the sources of the fields that still have the text of their source. */
export function getFillSources(answers: DraftAnswers, filled: FilledTexts = {}): Record<string, FillSource> {
  const sources = FILLED_STEPS.flatMap((stepId) => {
    const form = getStepForm(answers, stepId);
    return getStep(stepId).fields.flatMap((name) => {
      const fill = filled[name];
      return fill && fill.text === getFieldText(form, name) ? [[name, fill.source] as const] : [];
    });
  });
  return Object.fromEntries(sources);
}

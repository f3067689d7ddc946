import { getMessages } from 'next-intl/server';
import { type StepId, steps as stepList } from '@/lib/domain/steps';
import { withAgentTexts } from '@/lib/i18n/agent-texts';
import { toFlatMessages } from '@/lib/i18n/message-tree';

/** Fields that a chosen place fills. */
const PLACE_FIELDS = ['placeDetail', 'latitude', 'longitude', 'streetNumber', 'listedZipCode'];
/** Fields whose label has another name. */
const LABEL_KEYS: Readonly<Record<string, string>> = { 'ubnParams.number': 'number', otherCity: 'city' };

/**
 * Returns a function from a field's name to its label, as an agent reads it. The parts of a date have the date's label.
 *
 * @param country of the tenant: labels of an address depend on it
 */
export async function getFieldLabels(country: string): Promise<(field: string) => string> {
  const { steps, assist } = withAgentTexts(await getMessages());
  const labels = toFlatMessages(steps);
  const suffix = country === 'MX' ? 'MX' : '';
  const find = (key: string) => labels.get(key + suffix) ?? labels.get(key);
  return (field) => {
    if (PLACE_FIELDS.includes(field)) return assist.fields.place;
    if (field.startsWith('addCardParams.')) return assist.fields.card;
    const name = field.replace(/^(dob)\..*/, '$1');
    const texts = stepList.map(({ id }) => find(`${id}.${LABEL_KEYS[name] ?? name}`));
    return texts.find((text) => text !== undefined) ?? field;
  };
}

/**
 * Returns the labels of fields, each once. All fields of a step have the step's name.
 *
 * @param stepLabels names of the steps
 */
export function listFieldLabels(
  fields: readonly string[],
  getLabel: (field: string) => string,
  stepLabels: Readonly<Record<StepId, string>>,
): string[] {
  const wholeSteps = stepList.filter((step) => step.fields.every((name) => fields.includes(name)));
  const restFields = fields.filter((name) => !wholeSteps.some((step) => step.fields.includes(name)));
  return [...new Set([...wholeSteps.map(({ id }) => stepLabels[id]), ...restFields.map(getLabel)])];
}

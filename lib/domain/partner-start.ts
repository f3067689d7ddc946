import { type FormInput, getFieldText, isEmpty, mapTexts, readForm } from './form-input.ts';
import {
  type DraftAnswers,
  getJourneyProgress,
  getStepForm,
  type JourneyProgress,
  type PartialSteps,
  type SavedSteps,
} from './journey.ts';
import type { JourneyContext } from './journey-context.ts';
import { readStep, type StepId, steps } from './steps/index.ts';
import { removeDisallowedTexts, removeTooLongTexts } from './steps/step.ts';
import { getCorrectableField } from './upstream-responses/catalogue.ts';

/** What stays of a partner's link in the draft that it started. */
export type PartnerStart = {
  /** Which link it was. */
  link: string;
  /** Fields that the customer cannot change. */
  locked: readonly string[];
};

/** A partner's answers as texts under our field names, and what the customer may do about them. */
export type PartnerAnswers = {
  texts: ReadonlyMap<string, string>;
  /** Names whose fields cannot be changed; `dob` stands for its three boxes. */
  locked: readonly string[];
  /** Names whose fields are filled in but have to be looked at. */
  confirm: readonly string[];
};

/** What the vault alone may say, and what is no answer of the upstream's. */
const FORBIDDEN_FIELDS = new Set([
  ...['addCardParams.number', 'addCardParams.expirationDate', 'addCardParams.securityCode'],
  ...['addCardParams.cardNetwork', 'addCardParams.lastFour', 'oneSurname', 'noEmail', 'phoneCountry'],
]);
const PARTNER_FIELDS = new Set(steps.flatMap(({ fields }) => fields).filter((name) => !FORBIDDEN_FIELDS.has(name)));
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

const isFieldCovered = (name: string, field: string) => field === name || field.startsWith(`${name}.`);

/** Whether a link may say this name, of a field or of a group of them. */
export const isPartnerField = (name: string): boolean =>
  [...PARTNER_FIELDS].some((field) => isFieldCovered(name, field));

/**
 * A partner's answers, under the names of the upstream body (session-link contract, section 1.1), as our forms hold them.
 *
 * @throws with the name of what no link may say, or of a value that is neither text nor number
 */
export function readPartnerAnswers(answers: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(answers).flatMap(([key, value]): [string, string][] => {
      const name = prefix + key;
      const [, year = '', month = '', day = ''] = (name === 'dob' && ISO_DATE.exec(String(value))) || [];
      if (year) return Object.entries({ 'dob.day': day, 'dob.month': month, 'dob.year': year });
      if (typeof value === 'object' && value !== null) return [...readPartnerAnswers(value, `${name}.`)];
      if (!PARTNER_FIELDS.has(name) || (typeof value !== 'string' && typeof value !== 'number')) throw new Error(name);
      return [[name, String(value)]];
    }),
  );
}

type PartnerDraft = { steps: SavedSteps; typed: PartialSteps; locked: string[] };

/**
 * Puts a partner's answers into the steps: a whole and good one counts as continued, any other waits on its page filled
 * in as far as it goes; a text that is too long for its field is left out. A locked field whose value is no good is asked after all: nobody else could mend it.
 *
 * @param previousAnswers what the same person had told already; the partner's word goes over it, field by field
 * @param now ISO 8601, UTC
 */
export function applyPartnerAnswers(
  { texts, locked, confirm }: PartnerAnswers,
  previousAnswers: DraftAnswers,
  context: JourneyContext,
  now: string,
): PartnerDraft {
  const draft: PartnerDraft = { steps: { ...previousAnswers.steps }, typed: { ...previousAnswers.typed }, locked: [] };
  const partnerTexts = new Map(texts);
  const [onlyCountry] = context.countries.length === 1 ? context.countries : [];
  if (onlyCountry && partnerTexts.has('address1') && !partnerTexts.has('countryCode'))
    partnerTexts.set('countryCode', onlyCountry);
  for (const step of steps) {
    const partnerInput = removeDisallowedTexts(
      step,
      removeTooLongTexts(step, readForm(partnerTexts, step.fields)),
      context,
    );
    if (isEmpty(partnerInput)) continue;
    const previousInput = getStepForm(previousAnswers, step.id);
    const input = mapTexts(partnerInput, (name, text) => text || getFieldText(previousInput, name));
    const { errors } = readStep(step, input, getJourneyProgress(draft.steps, context, now).validAnswers, context);
    const isValid = Object.keys(errors).length === 0;
    const needsConfirmation = confirm.some((name) => step.fields.some((field) => isFieldCovered(name, field)));
    delete draft.steps[step.id];
    delete draft.typed[step.id];
    if (isValid && !needsConfirmation) draft.steps[step.id] = { input, savedAt: now };
    else draft.typed[step.id] = { input, errors: {} };
    const isLocked = (field: string) =>
      locked.some((name) => isFieldCovered(name, field)) && getFieldText(partnerInput, field) !== '';
    draft.locked.push(...step.fields.filter((field) => isLocked(field) && !errors[field]));
  }
  return draft;
}

/** The form with its locked texts put back. */
export function withLockedFields(input: FormInput, savedInput: FormInput, locked: readonly string[]): FormInput {
  return mapTexts(input, (name, text) => (locked.includes(name) ? getFieldText(savedInput, name) : text));
}

/** The locked fields that still are: one that the upstream did not accept has to be mended by the customer. */
export function getLockedFields(partner: PartnerStart | undefined, refusal: string | undefined): readonly string[] {
  const correctableName = getCorrectableField(refusal)?.field.split('.')[0];
  return (partner?.locked ?? []).filter(
    (field) => correctableName === undefined || !isFieldCovered(correctableName, field),
  );
}

/** Whether a step has nothing that its customer could change. */
export const isAllLocked = (fields: readonly string[], input: FormInput, locked: readonly string[]): boolean =>
  locked.length > 0 && fields.every((field) => getFieldText(input, field) === '' || locked.includes(field));

/**
 * Whether this page holds all that is left to ask: it then carries the check and the last button too. With the way to pay
 * known, a card is not ahead although the account's number is still missing.
 */
export function isOnlyQuestion(
  { remaining: [nextStep, ...laterSteps] }: JourneyProgress,
  page: StepId,
  input: FormInput,
): boolean {
  if (nextStep !== page) return false;
  const type = page === 'payment' ? getFieldText(input, 'paymentMethodType') : '';
  return laterSteps.every((step) => step === 'card' && type !== '' && type !== 'Card');
}

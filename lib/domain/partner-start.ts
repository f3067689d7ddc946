import { findState } from './address/states.ts';
import { type FieldErrors, type FormInput, getFieldText, isEmpty, mapTexts, readForm } from './form-input.ts';
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

/** Data of a partner's link in the draft that it started. */
export type PartnerStart = {
  /** Id of the link. */
  link: string;
  /** Fields that the customer cannot change. */
  locked: readonly string[];
  /** Fields that the partner did not provide, or that need a correction. Drafts of earlier versions do not have the list. */
  openFields?: readonly string[];
  /** The partner's own name for the application: the link's `reference`, or its `jti`. */
  reference?: string;
  /** The partner's page for a customer who stops; its origin was allowed when the link was opened. */
  returnUrl?: string | undefined;
};

/** A partner's answers as texts by field name. */
export type PartnerAnswers = {
  texts: ReadonlyMap<string, string>;
  /** Names whose fields the customer cannot change; `dob` stands for its three fields. */
  locked: readonly string[];
  /** Names whose fields the customer has to confirm. */
  confirm: readonly string[];
};

/** Only the vault supplies card data; the other fields are not part of the upstream body. */
const FORBIDDEN_FIELDS = new Set([
  'addCardParams.number',
  'addCardParams.expirationDate',
  'addCardParams.securityCode',
  'addCardParams.cardNetwork',
  'addCardParams.lastFour',
  'oneSurname',
  'noEmail',
  'phoneCountry',
  'zipCodeConfirmed',
  'listedZipCode',
  'otherCity',
]);
const PARTNER_FIELDS = new Set(steps.flatMap(({ fields }) => fields).filter((name) => !FORBIDDEN_FIELDS.has(name)));
const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

const isFieldCovered = (name: string, field: string) => field === name || field.startsWith(`${name}.`);

/** Tells whether a link may contain this name of a field or group. */
export const isPartnerField = (name: string): boolean =>
  [...PARTNER_FIELDS].some((field) => isFieldCovered(name, field));

/**
 * Converts a partner's answers, under the names of the upstream body (docs/vendor-notes.md#1-raas-request), to texts of our
 * fields.
 *
 * @throws with the name that is not allowed, or whose value is neither text nor number
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

type PartnerDraft = { steps: SavedSteps; typed: PartialSteps; locked: string[]; openFields: string[] };

/**
 * Merges a partner's answers into the steps. A valid step counts as continued; any other is prefilled and waits on its page.
 * A locked field with an invalid value becomes editable: only the customer can correct it.
 *
 * @param previousAnswers of the same person; the partner's values replace them field by field
 * @param now ISO 8601, UTC
 */
export function applyPartnerAnswers(
  { texts, locked, confirm }: PartnerAnswers,
  previousAnswers: DraftAnswers,
  context: JourneyContext,
  now: string,
): PartnerDraft {
  const draft: PartnerDraft = {
    steps: { ...previousAnswers.steps },
    typed: { ...previousAnswers.typed },
    locked: [],
    openFields: [],
  };
  const partnerTexts = new Map(texts);
  const [onlyCountry] = context.countries.length === 1 ? context.countries : [];
  if (onlyCountry && partnerTexts.has('address1') && !partnerTexts.has('countryCode'))
    partnerTexts.set('countryCode', onlyCountry);
  for (const step of steps) {
    const allowedInput = removeDisallowedTexts(
      step,
      removeTooLongTexts(step, readForm(partnerTexts, step.fields)),
      context,
    );
    const partnerInput = normalizeBirthState(allowedInput, context);
    if (isEmpty(partnerInput)) {
      draft.openFields.push(...step.fields);
      continue;
    }
    const previousInput = getStepForm(previousAnswers, step.id);
    const input = mapTexts(partnerInput, (name, text) => text || getFieldText(previousInput, name));
    const { errors } = readStep(step, input, getJourneyProgress(draft.steps, context, now).validAnswers, context);
    const isValid = Object.keys(errors).length === 0;
    const needsConfirmation = confirm.some((name) => step.fields.some((field) => isFieldCovered(name, field)));
    delete draft.steps[step.id];
    delete draft.typed[step.id];
    if (isValid && !needsConfirmation) draft.steps[step.id] = { input, savedAt: now };
    else draft.typed[step.id] = { input, errors: {} };
    const isNamed = (names: readonly string[], field: string) => names.some((name) => isFieldCovered(name, field));
    const isLocked = (field: string) => isNamed(locked, field) && getFieldText(partnerInput, field) !== '';
    draft.locked.push(...step.fields.filter((field) => isLocked(field) && !errors[field]));
    draft.openFields.push(
      ...step.fields.filter((field) => isNamed(confirm, field) || isQuestionInvalid(errors, field)),
    );
  }
  return draft;
}

/** Our field takes the ISO code; a partner may send each spelling that the address's `state` takes. */
const normalizeBirthState = (input: FormInput, { country }: JourneyContext): FormInput =>
  mapTexts(input, (name, text) => (name === 'birthState' ? (findState(country, text)?.iso ?? text) : text));

/** Fields that belong to the question of another field. */
const QUESTIONS: Readonly<Record<string, string>> = {
  'dob.day': 'dob',
  'dob.month': 'dob',
  'dob.year': 'dob',
  phoneCountry: 'phoneNumber',
  oneSurname: 'lastName2',
  noEmail: 'email',
};
const getQuestion = (field: string): string => QUESTIONS[field] ?? field;

/** Tells whether the question that a field belongs to has an error. */
const isQuestionInvalid = (errors: FieldErrors, field: string): boolean =>
  Object.keys(errors).some((name) => getQuestion(name) === getQuestion(field));

/**
 * Returns the fields that the page of an open step does not ask, because the partner provided what the step needs. A field
 * with an error is asked.
 *
 * @param errors that the page shows
 */
export const getKnownFields = (
  partner: PartnerStart | undefined,
  fields: readonly string[],
  errors: FieldErrors,
): readonly string[] =>
  fields.filter((field) => partner?.openFields?.includes(field) === false && !isQuestionInvalid(errors, field));

/** Restores the locked texts of a posted form. */
export function withLockedFields(input: FormInput, savedInput: FormInput, locked: readonly string[]): FormInput {
  return mapTexts(input, (name, text) => (locked.includes(name) ? getFieldText(savedInput, name) : text));
}

/** Returns the fields that are still locked: the customer has to correct one that the upstream rejected. */
export function getLockedFields(partner: PartnerStart | undefined, refusal: string | undefined): readonly string[] {
  const correctableName = getCorrectableField(refusal)?.field.split('.')[0];
  return (partner?.locked ?? []).filter(
    (field) => correctableName === undefined || !isFieldCovered(correctableName, field),
  );
}

/** Tells whether the customer can change nothing in a step. */
export const isAllLocked = (fields: readonly string[], input: FormInput, locked: readonly string[]): boolean =>
  locked.length > 0 && fields.every((field) => getFieldText(input, field) === '' || locked.includes(field));

/**
 * Tells whether this page asks everything that is missing: it then contains the review and the submit button too. Once a
 * payment method other than card is chosen, the card step no longer counts.
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

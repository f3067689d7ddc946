import { type FormInput, fieldText, isEmpty, mapTexts, readForm } from './form-input.ts';
import { formOf, type SavedSteps, type Told, type TypedSteps, type Walk, walk } from './journey.ts';
import type { JourneyContext } from './journey-context.ts';
import { readStep, type StepId, steps } from './steps/index.ts';
import { keepable, withoutTooLong } from './steps/step.ts';
import { mendOf } from './upstream-responses/catalogue.ts';

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
const NOT_FROM_PARTNERS = new Set([
  ...['addCardParams.number', 'addCardParams.expirationDate', 'addCardParams.securityCode'],
  ...['addCardParams.cardNetwork', 'addCardParams.lastFour', 'oneSurname', 'noEmail', 'phoneCountry'],
]);
const FIELDS = new Set(steps.flatMap(({ fields }) => fields).filter((name) => !NOT_FROM_PARTNERS.has(name)));
const DATE = /^(\d{4})-(\d{2})-(\d{2})$/;

const covers = (name: string, field: string) => field === name || field.startsWith(`${name}.`);

/** Whether a link may say this name, of a field or of a group of them. */
export const isPartnerName = (name: string): boolean => [...FIELDS].some((field) => covers(name, field));

/**
 * A partner's answers, under the names of the upstream body (session-link contract, section 1.1), as our forms hold them.
 *
 * @throws with the name of what no link may say, or of a value that is neither text nor number
 */
export function readPartnerAnswers(given: object, prefix = ''): Map<string, string> {
  return new Map(
    Object.entries(given).flatMap(([key, value]): [string, string][] => {
      const name = prefix + key;
      const [, year = '', month = '', day = ''] = (name === 'dob' && DATE.exec(String(value))) || [];
      if (year) return Object.entries({ 'dob.day': day, 'dob.month': month, 'dob.year': year });
      if (typeof value === 'object' && value !== null) return [...readPartnerAnswers(value, `${name}.`)];
      if (!FIELDS.has(name) || (typeof value !== 'string' && typeof value !== 'number')) throw new Error(name);
      return [[name, String(value)]];
    }),
  );
}

type Begun = { steps: SavedSteps; typed: TypedSteps; locked: string[] };

/**
 * Puts a partner's answers into the steps: a whole and good one counts as continued, any other waits on its page filled
 * in as far as it goes; a text that is too long for its field is left out. A locked field whose value is no good is asked after all: nobody else could mend it.
 *
 * @param before what the same person had told already; the partner's word goes over it, field by field
 * @param now ISO 8601, UTC
 */
export function applyPartnerAnswers(
  { texts, locked, confirm }: PartnerAnswers,
  before: Told,
  context: JourneyContext,
  now: string,
): Begun {
  const begun: Begun = { steps: { ...before.steps }, typed: { ...before.typed }, locked: [] };
  const given = new Map(texts);
  const [onlyCountry] = context.countries.length === 1 ? context.countries : [];
  if (onlyCountry && given.has('address1') && !given.has('countryCode')) given.set('countryCode', onlyCountry);
  for (const step of steps) {
    const told = keepable(step, withoutTooLong(step, readForm(given, step.fields)), context);
    if (isEmpty(told)) continue;
    const known = formOf(before, step.id);
    const input = mapTexts(told, (name, text) => text || fieldText(known, name));
    const { errors } = readStep(step, input, walk(begun.steps, context, now).known, context);
    const isGood = Object.keys(errors).length === 0;
    const asks = confirm.some((name) => step.fields.some((field) => covers(name, field)));
    delete begun.steps[step.id];
    delete begun.typed[step.id];
    if (isGood && !asks) begun.steps[step.id] = { input, savedAt: now };
    else begun.typed[step.id] = { input, errors: {} };
    const isHeld = (field: string) => locked.some((name) => covers(name, field)) && fieldText(told, field) !== '';
    begun.locked.push(...step.fields.filter((field) => isHeld(field) && !errors[field]));
  }
  return begun;
}

/** The form with its locked texts put back. */
export function withLocked(input: FormInput, kept: FormInput, locked: readonly string[]): FormInput {
  return mapTexts(input, (name, text) => (locked.includes(name) ? fieldText(kept, name) : text));
}

/** The locked fields that still are: one that the upstream did not accept has to be mended by the customer. */
export function stillLocked(partner: PartnerStart | undefined, refusal: string | undefined): readonly string[] {
  const mend = mendOf(refusal)?.field.split('.')[0];
  return (partner?.locked ?? []).filter((field) => mend === undefined || !covers(mend, field));
}

/** Whether a step has nothing that its customer could change. */
export const isAllLocked = (fields: readonly string[], input: FormInput, locked: readonly string[]): boolean =>
  locked.length > 0 && fields.every((field) => fieldText(input, field) === '' || locked.includes(field));

/**
 * Whether this page holds all that is left to ask: it then carries the check and the last button too. With the way to pay
 * known, a card is not ahead although the account's number is still missing.
 */
export function isOnlyQuestion({ remaining: [only, ...others] }: Walk, page: StepId, typed: FormInput): boolean {
  if (only !== page) return false;
  const type = page === 'payment' ? fieldText(typed, 'paymentMethodType') : '';
  return others.every((step) => step === 'card' && type !== '' && type !== 'Card');
}

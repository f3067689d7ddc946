import type * as z from 'zod/mini';
import { hasCardNumber } from '../card/card-number.ts';
import { type FieldErrors, type FormInput, getFieldText, mapTexts } from '../form-input.ts';
import type { JourneyContext, Spelling } from '../journey-context.ts';
import type { SessionLinkRequest } from '../session-link-request.ts';

/**
 * What a step is: data and two pure functions. The form holds its input, which is also what a draft keeps, so that
 * people see again what they typed; `Answer` is what the schema makes of it. (Methods, not function properties: a
 * list of steps with different answers then still has one type.)
 */
export type Step<Id extends string = string, Answer = unknown, Before = unknown> = {
  id: Id;
  /**
   * The form's fields in the order in which they stand on the page, each with its longest text in UTF-16 units; `a.b` is
   * a field of a group. A longer text is never stored, whichever way it comes.
   */
  maxLengths: Readonly<Record<string, number>>;
  /** The names in `maxLengths`. */
  fields: readonly string[];
  schema(context: JourneyContext): z.ZodMiniType<Answer>;
  /** Whether this customer is asked at all, given what the steps before gave. */
  isApplicable(answers: Before, context: JourneyContext): boolean;
  /** The whole form when the context leaves nothing to ask: the customer then never sees this step. */
  getImpliedForm?(context: JourneyContext): FormInput | undefined;
  /**
   * Fields in which a long number is at home, each with the test that it is one of theirs. Anywhere else, what could be
   * a card number is neither kept nor shown again.
   */
  ownNumbers?: Readonly<Record<string, (text: string, context: JourneyContext) => boolean>>;
  /** Fields that a script fills, each with the test that its text can be read: any other text is not kept. */
  scripted?: Readonly<Record<string, (text: string) => boolean>>;
  /** Fields that have a value before the customer has answered anything: a choice that stands on its first option. */
  preselected?: readonly string[];
  /** Minutes after which the answer has gone stale and is asked again. */
  staleAfterMinutes?: number;
};

/** A step with what the server alone needs of it. The browser is spared that part, so the registry adds it. */
export type SendableStep<Id extends string = string, Answer = unknown, Before = unknown> = Step<Id, Answer, Before> & {
  /** The step's part of the upstream body. */
  toPayload(answer: Answer, spelling: Spelling): Partial<SessionLinkRequest>;
  /** The error of each field that is good by itself and does not fit the answers of the steps before. */
  findConflicts?(answer: Answer, before: Before, context: JourneyContext): FieldErrors;
};

export const isAlwaysApplicable = () => true;

/** Whether a text may stay in its box and leave the page: it holds no card number, or is at home there. */
export function isAllowedInField(
  { ownNumbers, scripted }: Pick<Step, 'ownNumbers' | 'scripted'>,
  name: string,
  text: string,
  context: JourneyContext,
): boolean {
  const isReadable = scripted?.[name];
  if (isReadable) return isReadable(text);
  return !hasCardNumber(text) || (ownNumbers?.[name]?.(text, context) ?? false);
}

/** The error of each field whose text is too long to be stored. */
export function findTooLongFields({ maxLengths }: Pick<Step, 'maxLengths'>, input: FormInput): FieldErrors {
  const tooLong = Object.entries(maxLengths).filter(([name, max]) => getFieldText(input, name).length > max);
  return Object.fromEntries(tooLong.map(([name]) => [name, 'text.tooLong']));
}

/** The form without the texts that are too long to be stored. */
export const removeTooLongTexts = ({ maxLengths }: Pick<Step, 'maxLengths'>, input: FormInput): FormInput =>
  mapTexts(input, (name, text) => (text.length > (maxLengths[name] ?? 0) ? '' : text));

/** The form without the texts that may not leave their box. */
export const removeDisallowedTexts = (
  step: Pick<Step, 'ownNumbers' | 'scripted'>,
  input: FormInput,
  context: JourneyContext,
): FormInput => mapTexts(input, (name, text) => (isAllowedInField(step, name, text, context) ? text : ''));

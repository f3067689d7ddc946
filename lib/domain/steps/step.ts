import type * as z from 'zod/mini';
import { hasCardNumber } from '../card/card-number.ts';
import { type FieldErrors, type FormInput, getFieldText, mapTexts } from '../form-input.ts';
import type { JourneyContext, Spelling } from '../journey-context.ts';
import type { SessionLinkRequest } from '../session-link-request.ts';

type Schema<Answer> = (context: JourneyContext) => z.ZodMiniType<Answer>;

/** A step as its page has it: data and pure functions. A draft stores the form's input, so that customers see what they typed. */
export type Step<Id extends string = string, Answer = unknown, Before = unknown> = {
  id: Id;
  /** Fields in page order with their maximum length in UTF-16 units; `a.b` is a field of a group. Longer texts are never stored. */
  maxLengths: Readonly<Record<string, number>>;
  /** Names in `maxLengths`. */
  fields: readonly string[];
  /** Loads the schema. A page needs it when the customer has begun to type. */
  loadSchema(): Promise<Schema<Answer>>;
  /** Tells whether the step is asked, given the answers of earlier steps. */
  isApplicable(answers: Before, context: JourneyContext): boolean;
  /** Returns the whole form when the context leaves nothing to ask; the customer then never sees the step. */
  getImpliedForm?(context: JourneyContext): FormInput | undefined;
  /** Fields that may hold long numbers, with a test for valid ones. Other fields refuse a possible card number. */
  ownNumbers?: Readonly<Record<string, (text: string, context: JourneyContext) => boolean>>;
  /** Fields that a script fills. */
  scripted?: readonly string[];
  /** Fields with a value before the customer answers: selects on their first option. */
  preselected?: readonly string[];
  /** Minutes after which the answer is asked again. */
  staleAfterMinutes?: number;
};

/**
 * A step with the parts that the registry adds, to keep them out of the page. Methods instead of function properties let steps
 * with different answers share one type.
 */
export type SendableStep<Id extends string = string, Answer = unknown, Before = unknown> = Omit<
  Step<Id, Answer, Before>,
  'loadSchema'
> & {
  /** Its output is the answer. */
  schema(context: JourneyContext): z.ZodMiniType<Answer>;
  /** Tests the texts of scripted fields. Texts that are not readable are not stored. */
  isReadable?: Readonly<Record<string, (text: string) => boolean>>;
  /** Builds the step's part of the upstream body. */
  toPayload(answer: Answer, spelling: Spelling): Partial<SessionLinkRequest>;
  /** Returns errors of fields that contradict the answers of earlier steps. */
  findConflicts?(answer: Answer, before: Before, context: JourneyContext): FieldErrors;
};

type TextRules = Pick<Step, 'ownNumbers' | 'scripted'> & Pick<SendableStep, 'isReadable'>;

export const isAlwaysApplicable = () => true;

/** Tells whether a text may be sent and stored: it contains no card number, or the field may hold such numbers. */
export function isAllowedInField(
  { ownNumbers, scripted, isReadable }: TextRules,
  name: string,
  text: string,
  context: JourneyContext,
): boolean {
  if (scripted?.includes(name)) return isReadable?.[name]?.(text) ?? true;
  return !hasCardNumber(text) || (ownNumbers?.[name]?.(text, context) ?? false);
}

export function findTooLongFields({ maxLengths }: Pick<Step, 'maxLengths'>, input: FormInput): FieldErrors {
  const tooLong = Object.entries(maxLengths).filter(([name, max]) => getFieldText(input, name).length > max);
  return Object.fromEntries(tooLong.map(([name]) => [name, 'text.tooLong']));
}

export const removeTooLongTexts = ({ maxLengths }: Pick<Step, 'maxLengths'>, input: FormInput): FormInput =>
  mapTexts(input, (name, text) => (text.length > (maxLengths[name] ?? 0) ? '' : text));

export const removeDisallowedTexts = (step: TextRules, input: FormInput, context: JourneyContext): FormInput =>
  mapTexts(input, (name, text) => (isAllowedInField(step, name, text, context) ? text : ''));

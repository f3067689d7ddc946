import type * as z from 'zod/mini';
import { holdsCardNumber } from '../card/card-number.ts';
import { type FormInput, mapTexts } from '../form-input.ts';
import type { JourneyContext, Spelling } from '../journey-context.ts';
import type { SessionLinkRequest } from '../session-link-request.ts';

/**
 * What a step is: data and two pure functions. The form holds its input, which is also what a draft keeps, so that
 * people see again what they typed; `Answer` is what the schema makes of it. (Methods, not function properties: a
 * list of steps with different answers then still has one type.)
 */
export type Step<Id extends string = string, Answer = unknown, Before = unknown> = {
  id: Id;
  /** The form's field names in the order in which they stand on the page; `a.b` is a field of a group. */
  fields: readonly string[];
  schema(context: JourneyContext): z.ZodMiniType<Answer>;
  /** Whether this customer is asked at all, given what the steps before gave. */
  appliesTo(answers: Before, context: JourneyContext): boolean;
  /** The whole form when the context leaves nothing to ask: the customer then never sees this step. */
  implied?(context: JourneyContext): FormInput | undefined;
  /**
   * Fields in which a long number is at home, each with the test that it is one of theirs. Anywhere else, what could be
   * a card number is neither kept nor shown again.
   */
  ownNumbers?: Readonly<Record<string, (text: string, context: JourneyContext) => boolean>>;
  /** Minutes after which the answer has gone stale and is asked again. */
  staleAfterMinutes?: number;
};

/** A step with its part of the upstream body. The browser is spared that part, so the registry adds it. */
export type SendableStep<Id extends string = string, Answer = unknown, Before = unknown> = Step<Id, Answer, Before> & {
  toPayload(answer: Answer, spelling: Spelling): Partial<SessionLinkRequest>;
};

export const always = () => true;

/** Whether a text may stay in its box and leave the page: it holds no card number, or is at home there. */
export function mayHold(
  { ownNumbers }: Pick<Step, 'ownNumbers'>,
  name: string,
  text: string,
  context: JourneyContext,
): boolean {
  return !holdsCardNumber(text) || (ownNumbers?.[name]?.(text, context) ?? false);
}

/** The form without the texts that may not leave their box. */
export const keepable = (step: Pick<Step, 'ownNumbers'>, input: FormInput, context: JourneyContext): FormInput =>
  mapTexts(input, (name, text) => (mayHold(step, name, text, context) ? text : ''));

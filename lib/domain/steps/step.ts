import type * as z from 'zod/mini';
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
  appliesTo(answers: Before): boolean;
  /** This step's part of the upstream body. */
  toPayload(answer: Answer, spelling: Spelling): Partial<SessionLinkRequest>;
  /** Minutes after which the answer has gone stale and is asked again. */
  staleAfterMinutes?: number;
};

export const always = () => true;

import { type FieldErrors, type FormInput, isEmpty, mapTexts } from '../../domain/form-input.ts';
import { isOutdated, markAnswer } from '../../domain/form-stamp.ts';
import { formOf } from '../../domain/journey.ts';
import type { JourneyContext } from '../../domain/journey-context.ts';
import { stillLocked, withLocked } from '../../domain/partner-start.ts';
import { type StepId, stepOf } from '../../domain/steps/index.ts';
import { findTooLong, keepable, type Step } from '../../domain/steps/step.ts';
import { holdsDraft, refusalOf } from '../../domain/submission.ts';
import type { Drafts } from '../../store/drafts.ts';
import type { Ledger } from '../../store/ledger.ts';

type Collaborators = {
  drafts: Drafts;
  ledger: Ledger;
  /** Counts a new draft. @returns milliseconds until there is room for one; undefined when there is */
  countDraft: () => Promise<number | undefined>;
  context: JourneyContext;
};
type Given = {
  token: string | undefined;
  stepId: StepId;
  input: FormInput;
  errors: FieldErrors;
  /** The mark of the answer that the form showed; undefined when the form has none. */
  seen?: string | undefined;
  /** The mark of the blank form that a new draft begins with. */
  begunBy?: string | undefined;
};

export type KeepTypedResult =
  /** Without a token nothing is to be kept: the form is blank or as it was drawn, or the details are on their way. */
  | { kind: 'kept'; token: string | undefined }
  /** The answer was changed elsewhere after the form was drawn: nothing was kept. `seen` marks what is saved now. */
  | { kind: 'changed'; values: FormInput; seen: string }
  /** Texts are too long. Nothing was kept; `values` is what may be shown again of the form. */
  | { kind: 'invalid'; errors: FieldErrors; values: FormInput }
  /** Too many new drafts came from this address: nothing was kept. */
  | { kind: 'limited'; retryAfterMs: number; values: FormInput };

/** For an agent, whose session is proved: no limit of new drafts. */
export const notCounted = async (): Promise<undefined> => undefined;

/**
 * Keeps a form that its customer leaves without continuing, with what stands on the screen about it. It is no answer and
 * nothing but its lengths is checked. A draft begins when there is none.
 */
export async function keepTyped(
  { drafts, ledger, countDraft, context }: Collaborators,
  { token, stepId, input, errors, seen, begunBy }: Given,
): Promise<KeepTypedResult> {
  const step = stepOf(stepId);
  const tooLong = findTooLong(step, input);
  if (Object.keys(tooLong).length > 0) {
    return { kind: 'invalid', errors: tooLong, values: keepable(step, input, context) };
  }
  const draft = token === undefined ? undefined : await drafts.find(token);
  const note = (told: FormInput) => ({ [stepId]: { input: keepable(step, told, context), errors } });
  if (!draft || token === undefined) {
    // Who has only looked gets no draft and no cookie.
    if (isUnanswered(step, input) && Object.keys(errors).length === 0) return { kind: 'kept', token: undefined };
    const retryAfterMs = await countDraft();
    if (retryAfterMs !== undefined) return { kind: 'limited', retryAfterMs, values: keepable(step, input, context) };
    return { kind: 'kept', token: await drafts.create({ steps: {}, typed: note(input), begunBy }) };
  }
  const values = keepable(step, input, context);
  if (isOutdated(seen, draft, { step: stepId, values })) {
    return { kind: 'changed', values, seen: markAnswer(draft.content.steps, stepId) };
  }
  const submission = await ledger.latest(draft.id);
  if (submission && holdsDraft(submission.state)) return { kind: 'kept', token: undefined };
  const { content } = draft;
  const locked = stillLocked(content.partner, refusalOf(submission, draft.version));
  const typed = { ...content.typed, ...note(withLocked(input, formOf(content, stepId), locked)) };
  // Who saves an answer in another tab at this moment goes first: an answer is worth more.
  await drafts.note(draft, { ...content, typed });
  return { kind: 'kept', token };
}

/** Whether a form holds nothing but what stood in it from the start. */
const isUnanswered = ({ preselected = [] }: Pick<Step, 'preselected'>, input: FormInput): boolean =>
  isEmpty(mapTexts(input, (name, text) => (preselected.includes(name) ? '' : text)));

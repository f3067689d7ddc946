import { type FieldErrors, type FormInput, isEmpty } from '../domain/form-input.ts';
import { formOf } from '../domain/journey.ts';
import type { JourneyContext } from '../domain/journey-context.ts';
import { stillLocked, withLocked } from '../domain/partner-start.ts';
import { type StepId, stepOf } from '../domain/steps/index.ts';
import { keepable } from '../domain/steps/step.ts';
import { holdsDraft, refusalOf } from '../domain/submission.ts';
import type { Drafts } from '../store/drafts.ts';
import type { Ledger } from '../store/ledger.ts';

type Collaborators = { drafts: Drafts; ledger: Ledger; context: JourneyContext };
type Given = { token: string | undefined; stepId: StepId; input: FormInput; errors: FieldErrors };

/**
 * Keeps a form that its customer leaves without continuing, with what stands on the screen about it. It is no answer and
 * is not checked. A draft begins when there is none.
 *
 * @returns the draft's token; undefined when nothing is to be kept: the form is blank, or the details are on their way
 */
export async function keepTyped(
  { drafts, ledger, context }: Collaborators,
  { token, stepId, input, errors }: Given,
): Promise<string | undefined> {
  const draft = token === undefined ? undefined : await drafts.find(token);
  const note = (told: FormInput) => ({ [stepId]: { input: keepable(stepOf(stepId), told, context), errors } });
  if (!draft || token === undefined) {
    // Who has only looked gets no draft and no cookie.
    const isBlank = isEmpty(input) && Object.keys(errors).length === 0;
    return isBlank ? undefined : drafts.create({ steps: {}, typed: note(input) });
  }
  const submission = await ledger.latest(draft.id);
  if (submission && holdsDraft(submission.state)) return undefined;
  const { content } = draft;
  const locked = stillLocked(content.partner, refusalOf(submission, draft.version));
  const typed = { ...content.typed, ...note(withLocked(input, formOf(content, stepId), locked)) };
  // Who saves an answer in another tab at this moment goes first: an answer is worth more.
  await drafts.note(draft, { ...content, typed });
  return token;
}

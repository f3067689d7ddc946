import {
  FILLED_STEPS,
  type FilledTexts,
  type FillSource,
  fillStepForm,
  toFormTexts,
} from '../../domain/documents/fill-form.ts';
import type { PersonFields } from '../../domain/documents/person-fields.ts';
import { getStepForm } from '../../domain/journey.ts';
import { type DraftCollaborators, savePartialStep } from './save-partial-step.ts';

type FillInput = {
  token: string | undefined;
  fields: PersonFields;
  source: FillSource;
  /** The mark of the blank form that a new draft begins with. */
  begunBy?: string | undefined;
};

export type FillResult =
  /** `fields` have a text of the source; without a token there is no draft. */
  | { kind: 'filled'; token: string | undefined; fields: readonly string[] }
  /** Too many new drafts came from this address: nothing was saved. */
  | { kind: 'limited'; retryAfterMs: number };

/**
 * Fills the forms of the identity and address steps with the values of a document or a wallet, and keeps their source. The forms wait on
 * their pages as if the customer had typed half of them.
 */
export async function fillFromSource(
  { drafts, ledger, limitDraft, context }: DraftCollaborators,
  { token: firstToken, fields, source, begunBy }: FillInput,
): Promise<FillResult> {
  const texts = toFormTexts(fields, context);
  const filledFields: string[] = [];
  let token = firstToken;
  for (const stepId of FILLED_STEPS) {
    const draft = token === undefined ? undefined : await drafts.find(token);
    const current = draft ? getStepForm(draft.content, stepId) : {};
    const form = fillStepForm(stepId, texts, current, context);
    if (!form) continue;
    const filled: FilledTexts = Object.fromEntries(
      Object.entries(form.texts).map(([name, text]) => [name, { source, text }]),
    );
    const result = await savePartialStep(
      { drafts, ledger, limitDraft, context },
      { token, stepId, input: form.input, errors: {}, begunBy, filled },
    );
    if (result.kind === 'limited') return { kind: 'limited', retryAfterMs: result.retryAfterMs };
    if (result.kind !== 'kept' || result.token === undefined) continue;
    token = result.token;
    filledFields.push(...Object.keys(filled));
  }
  return { kind: 'filled', token, fields: filledFields };
}

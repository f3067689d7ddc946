import 'server-only';
import type { CustomerDevice } from '../../auth/customer-device.ts';
import { getJourneyContext } from '../../config/get-journey-context.ts';
import { getJourneyProgress, type JourneyProgress } from '../../domain/journey.ts';
import type { JourneyContext } from '../../domain/journey-context.ts';
import { getErrorTarget } from '../../domain/submission.ts';
import type { Draft, DraftContent } from '../../store/drafts.ts';
import { getStore } from '../../store/store.ts';
import type { Submission } from '../../store/submissions/queries.ts';
import { createDraftFormMark } from './form-check.ts';

export type CurrentJourney = {
  context: JourneyContext;
  progress: JourneyProgress;
  draft: Draft | undefined;
  content: DraftContent;
  /** The field or part to which the upstream's refusal of these answers belongs. */
  refusal: string | undefined;
  submission: Submission | undefined;
  /** An agent handed the case over to this device and sees its progress. */
  isHandedOver: boolean;
  /** The mark for the stamps of the pages' forms. */
  subject: string;
};

/** Loads the customer's draft and its latest submission, and computes the progress. Without a draft the journey is empty. */
export async function findJourney({ draftToken, deviceCase }: CustomerDevice): Promise<CurrentJourney> {
  const { drafts } = await getStore();
  const draft = draftToken === undefined ? undefined : await drafts.find(draftToken);
  return {
    ...(await readJourney(draft)),
    draft,
    isHandedOver: deviceCase !== undefined,
    subject: createDraftFormMark(draft),
  };
}

/** Loads the latest submission of a draft, and computes the progress. */
export async function readJourney(draft: Draft | undefined) {
  const now = new Date();
  const context = getJourneyContext(now);
  const content = draft?.content ?? { steps: {} };
  const submission = draft && (await (await getStore()).ledger.findLatest(draft.id));
  return {
    context,
    content,
    progress: getJourneyProgress(content.steps, context, now.toISOString()),
    submission,
    refusal: getErrorTarget(submission, draft?.version),
  };
}

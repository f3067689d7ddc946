import 'server-only';
import { cache } from 'react';
import { getCaseForDevice, readDraftToken } from '../../auth/draft-cookie.ts';
import { getJourneyContext } from '../../config/journey-context.ts';
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
  /** The owner of the upstream's no to these answers. */
  refusal: string | undefined;
  submission: Submission | undefined;
  /** An agent sees how far it is. */
  isHandedOver: boolean;
  /** What the forms of the pages are about. */
  subject: string;
};

/** Where the customer behind this request stands. Read once per request. */
export const getCurrentJourney = cache(async (): Promise<CurrentJourney> => {
  const now = new Date();
  const context = getJourneyContext(now);
  const token = await readDraftToken();
  const { drafts, ledger } = await getStore();
  const draft = token === undefined ? undefined : await drafts.find(token);
  const submission = draft && (await ledger.findLatest(draft.id));
  const content = draft?.content ?? { steps: {} };
  const progress = getJourneyProgress(content.steps, context, now.toISOString());
  const refusal = getErrorTarget(submission, draft?.version);
  const hasHandedCase = (await getCaseForDevice()) !== undefined;
  const subject = createDraftFormMark(draft);
  return { context, progress: progress, draft, content, submission, refusal, isHandedOver: hasHandedCase, subject };
});

import 'server-only';
import { cache } from 'react';
import { handedCase, readDraftToken } from '../../auth/draft-cookie.ts';
import { journeyContext } from '../../config/journey-context.ts';
import { type Walk, walk } from '../../domain/journey.ts';
import type { JourneyContext } from '../../domain/journey-context.ts';
import { refusalOf } from '../../domain/submission.ts';
import type { Draft, DraftContent } from '../../store/drafts.ts';
import type { Submission } from '../../store/ledger.ts';
import { store } from '../../store/store.ts';
import { markDraftForm } from './form-check.ts';

export type CurrentJourney = {
  context: JourneyContext;
  walk: Walk;
  draft: Draft | undefined;
  content: DraftContent;
  /** The owner of the upstream's no to these answers. */
  refusal: string | undefined;
  submission: Submission | undefined;
  /** An agent sees how far it is. */
  isHanded: boolean;
  /** What the forms of the pages are about. */
  subject: string;
};

/** Where the customer behind this request stands. Read once per request. */
export const currentJourney = cache(async (): Promise<CurrentJourney> => {
  const now = new Date();
  const context = journeyContext(now);
  const token = await readDraftToken();
  const { drafts, ledger } = await store();
  const draft = token === undefined ? undefined : await drafts.find(token);
  const submission = draft && (await ledger.latest(draft.id));
  const content = draft?.content ?? { steps: {} };
  const walked = walk(content.steps, context, now.toISOString());
  const refusal = refusalOf(submission, draft?.version);
  const isHanded = (await handedCase()) !== undefined;
  const subject = markDraftForm(draft);
  return { context, walk: walked, draft, content, submission, refusal, isHanded, subject };
});

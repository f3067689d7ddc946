import { type CallLocation, composeRequest } from '../domain/compose-request.ts';
import { walk } from '../domain/journey.ts';
import type { JourneyContext, Spelling } from '../domain/journey-context.ts';
import { holdsDraft, type SubmissionOutcome } from '../domain/submission.ts';
import type { Draft, Drafts } from '../store/drafts.ts';
import type { Submission, SubmissionEnd, Submissions } from '../store/submissions.ts';
import type { Raas, SessionLinkResult } from '../upstream/raas.ts';

type Collaborators = {
  drafts: Drafts;
  submissions: Submissions;
  raas: Raas;
  context: JourneyContext;
  spelling: Spelling;
  now: () => Date;
  log: (event: { event: 'submission.ended'; submission: string; outcome: string; cause?: string; ms: number }) => void;
};
type Order = { draft: Draft; lang: 'en' | 'es'; callLocation: CallLocation | undefined };

/** How long a second click waits for the first one's answer, and how often it looks, in milliseconds. */
const WAIT_MS = 18_000;
const LOOK_EVERY_MS = 150;

/**
 * Sends a finished draft upstream, at most once: the claim is committed before the first byte leaves, and whoever does
 * not get it waits for the outcome of the one who did.
 */
export async function submit(tools: Collaborators, { draft, lang, callLocation }: Order): Promise<SubmissionOutcome> {
  const { drafts, submissions, raas, context, spelling, now, log } = tools;
  const earlier = await submissions.latest(draft.id);
  if (earlier && holdsDraft(earlier.state)) return waitForOutcome(tools, draft.id);

  const { answers, open } = walk(draft.content.steps, context, now().toISOString());
  if (open !== 'review') return { kind: 'incomplete', open };
  const request = composeRequest(answers, { lang, spelling, callLocation });

  const claim = await submissions.claim(draft);
  if (claim === undefined) return waitForOutcome(tools, draft.id);

  const start = performance.now();
  const result = await raas.createSessionLink(request);
  await submissions.finish(claim, endOf(result));
  if (result.kind === 'link') await drafts.empty(draft.id);
  log({
    event: 'submission.ended',
    submission: claim,
    outcome: result.kind,
    ...(result.kind !== 'link' && { cause: result.cause }),
    ms: Math.round(performance.now() - start),
  });
  return result.kind === 'link' ? { kind: 'linked', link: result.link } : { kind: result.kind };
}

function endOf(result: SessionLinkResult): SubmissionEnd {
  return result.kind === 'link' ? { state: 'succeeded', link: result.link } : { state: result.kind };
}

async function waitForOutcome({ submissions, now }: Collaborators, draftId: string): Promise<SubmissionOutcome> {
  const until = now().getTime() + WAIT_MS;
  while (now().getTime() < until) {
    const current = await submissions.latest(draftId);
    const outcome = current && outcomeOf(current);
    if (outcome) return outcome;
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
  return { kind: 'unknown' };
}

function outcomeOf({ state, link }: Submission): SubmissionOutcome | undefined {
  if (state === 'sending') return undefined;
  if (state !== 'succeeded') return { kind: state };
  return link === undefined ? { kind: 'unknown' } : { kind: 'linked', link };
}

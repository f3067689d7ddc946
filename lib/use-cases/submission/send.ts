import type { Runtime } from '../../config/runtime.ts';
import type { SessionLinkRequest } from '../../domain/session-link-request.ts';
import type { Actor, Precheck } from '../../domain/submission.ts';
import { judge, type Verdict } from '../../domain/upstream-responses/judge.ts';
import type { LogEvent } from '../../observability/log-event.ts';
import type { End, Ledger, SubmissionKey } from '../../store/ledger.ts';
import type { Claim } from '../../store/transitions.ts';
import type { Admission } from '../../upstream/admission.ts';
import type { Raas } from '../../upstream/raas.ts';
import { openSendWindow } from './send-window.ts';

/** The right to make one call, while its window is open. */
export type ClaimedCall = { claim: Claim; canSend: () => boolean };

export type SendTools = Runtime & {
  ledger: Ledger;
  raas: Raas;
  admission: Admission;
  /** Milliseconds from asking for a claim in which its call may begin: the lease less the longest time of a call. */
  sendWindowMs: number;
  log: (event: LogEvent) => void;
};

type Order = {
  submission: SubmissionKey & { request: SessionLinkRequest };
  actor: Actor;
  /** What a look has just found, to claim the call by; or the claim, if that is made already. */
  by: Precheck | ClaimedCall;
  /** Milliseconds for the call. */
  within: number;
  /** An earlier call of this submission was of unknown fate: a duplicate may then be its own trace. */
  isAfterUnknown: boolean;
  /** Until when the row shows that a repeat follows, if it turns out not to have been sent. */
  busyUntil?: Date | undefined;
};

/**
 * Makes one call for one claim: claims if need be, calls, writes how it ended. No transaction is open while it calls.
 *
 * @returns what the answer meant, or undefined when another process had the claim, before the call or at its end
 */
export async function sendOnce(tools: SendTools, order: Order): Promise<Verdict | undefined> {
  const { ledger, raas, now, log } = tools;
  const { submission, actor, by, within, isAfterUnknown, busyUntil } = order;
  const claimed = typeof by === 'string' ? await claimCall(tools, submission, by, actor) : by;
  if (!claimed) return undefined;
  const { claim, canSend } = claimed;
  const start = now().getTime();
  const verdict = judge(await raas.createSessionLink(submission.request, within, canSend));
  const cause = verdict.state === 'succeeded' ? undefined : verdict.cause;
  const end = endOf(verdict, isAfterUnknown, repeatsBy(verdict, now(), busyUntil));
  const isWritten = await ledger.finish(claim, end, { actor, cause });
  const ms = now().getTime() - start;
  log({ event: 'submission.called', submission: claim.id, attempt: claim.attempt, outcome: verdict.state, cause, ms });
  if ('isOurFault' in verdict && verdict.isOurFault) log({ event: 'upstream.alarm', cause: verdict.cause });
  // Another claim came first and may have called: what this one knows is not the submission's outcome, unless it is the link.
  return isWritten || verdict.state === 'succeeded' ? verdict : undefined;
}

/**
 * Claims a call and makes none: an earlier one may have been made, so the fate is unknown and the reconciler finds it out.
 *
 * @returns undefined when somebody else had the claim
 */
export async function leaveUnknown(
  tools: SendTools,
  { submission, by }: Pick<Order, 'submission' | 'by'>,
): Promise<Verdict | undefined> {
  const claimed = typeof by === 'string' ? await claimCall(tools, submission, by, 'customer') : by;
  if (!claimed) return undefined;
  const cause = 'perhaps sent before a fail-over';
  await tools.ledger.finish(claimed.claim, { state: 'ambiguous' }, { actor: 'customer', cause });
  tools.log({ event: 'submission.held', submission: submission.id, cause });
  return { state: 'ambiguous', isOurFault: false, cause };
}

async function claimCall(tools: SendTools, key: SubmissionKey, precheck: Precheck, actor: Actor) {
  const canSend = openSendWindow(tools, tools.sendWindowMs);
  const claim = await tools.ledger.claim(key, precheck, { actor });
  return claim && { claim, canSend };
}

function endOf(verdict: Verdict, isAfterUnknown: boolean, busyUntil: Date | undefined): End {
  switch (verdict.state) {
    case 'succeeded':
      return { state: 'succeeded', link: verdict.link };
    case 'refused':
      return verdict.isDuplicate && isAfterUnknown
        ? { state: 'ambiguous' }
        : { state: 'refused', outcome: verdict.owner };
    case 'not-sent':
      return { state: 'received', busyUntil };
    case 'ambiguous':
      return { state: 'ambiguous' };
  }
}

/** Until when the row shows that a repeat follows, if one fits. */
function repeatsBy(verdict: Verdict, now: Date, until: Date | undefined): Date | undefined {
  if (verdict.state !== 'not-sent' || verdict.repeatAfterMs === undefined || !until) return undefined;
  return now.getTime() + verdict.repeatAfterMs < until.getTime() ? until : undefined;
}

/** Causes for which nothing was sent although the upstream works: it limits us, or the claim's answer came too late. */
const NO_FAILURE = /^(HTTP 429|ClaimExpired)/;

/** Whether the upstream, rather than these data, is the trouble: what the breaker counts. */
export function isUpstreamFailure(verdict: Verdict | undefined): boolean {
  if (verdict?.state === 'not-sent') return verdict.isOurFault || !NO_FAILURE.test(verdict.cause);
  return verdict?.state === 'ambiguous';
}

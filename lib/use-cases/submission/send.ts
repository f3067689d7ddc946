import type { Runtime } from '../../config/runtime.ts';
import type { SessionLinkRequest } from '../../domain/session-link-request.ts';
import type { Precheck } from '../../domain/submission.ts';
import { classifyResponse, type ResponseClass } from '../../domain/upstream-responses/classify-response.ts';
import type { LogEvent } from '../../observability/log-event.ts';
import type { Ledger } from '../../store/ledger.ts';
import type { AttemptResult } from '../../store/submissions/complete.ts';
import type { Claim, SubmissionKey } from '../../store/submissions/transition.ts';
import type { RaasClient } from '../../upstream/raas.ts';
import type { UpstreamGuard } from '../../upstream/upstream-guard.ts';
import { openSendWindow } from './send-window.ts';

/** A claim allows one call, while its window is open. */
export type ClaimedCall = { claim: Claim; canSend: () => boolean };

export type SendTools = Runtime & {
  ledger: Ledger;
  raas: RaasClient;
  upstreamGuard: UpstreamGuard;
  /** Milliseconds after the request for a claim in which its call may start: the lease minus the longest call. */
  sendWindowMs: number;
  log: (event: LogEvent) => void;
};

type CallActor = 'customer' | 'reconciler';

type SendCommand = {
  submission: SubmissionKey & { request: SessionLinkRequest };
  actor: CallActor;
  /** The result of the lookup, with which to claim the call, or the claim if there is one already. */
  by: Precheck | ClaimedCall;
  /** Milliseconds for the call. */
  within: number;
  /** Returns whether an earlier call had an unknown result, and may have created the duplicate that the upstream reports. */
  isAfterUnknown: () => Promise<boolean>;
  /** If the call was not sent, the row shows until this time that a repeat follows. */
  busyUntil?: Date | undefined;
};

/**
 * Makes one call for one claim and records its result. Claims the call first if necessary. No transaction is open during the call.
 *
 * @returns the class of the response, or undefined when another process had the claim before the call or at its end
 */
export async function sendOnce(tools: SendTools, command: SendCommand): Promise<ResponseClass | undefined> {
  const { ledger, raas, now, log } = tools;
  const { submission, actor, by: claimOrPrecheck, within, isAfterUnknown, busyUntil } = command;
  const claimedCall =
    typeof claimOrPrecheck === 'string' ? await claimCall(tools, submission, claimOrPrecheck, actor) : claimOrPrecheck;
  if (!claimedCall) return undefined;
  const { claim, canSend } = claimedCall;
  const start = now().getTime();
  const responseClass = classifyResponse(await raas.createSessionLink(submission.request, within, canSend));
  const cause = responseClass.state === 'succeeded' ? undefined : responseClass.cause;
  const isOfEarlierCall = responseClass.state === 'refused' && responseClass.isDuplicate && (await isAfterUnknown());
  const result: AttemptResult = isOfEarlierCall
    ? { state: 'ambiguous' }
    : toAttemptResult(responseClass, getRetryDeadline(responseClass, now(), busyUntil));
  const isWritten = await ledger.recordResult(claim, result, { actor, cause });
  const ms = now().getTime() - start;
  log({
    event: 'submission.called',
    submission: claim.id,
    attempt: claim.attempt,
    outcome: responseClass.state,
    cause,
    ms,
  });
  if ('isOurFault' in responseClass && responseClass.isOurFault)
    log({ event: 'upstream.alarm', cause: responseClass.cause });
  // Another claim may have called meanwhile, so only a link is the submission's outcome for certain.
  return isWritten || responseClass.state === 'succeeded' ? responseClass : undefined;
}

/**
 * Claims a call without making it: an earlier call may have been made, so the result is unknown until the reconciler resolves it.
 *
 * @returns undefined when another process had the claim
 */
export async function recordUnknownCall(
  tools: SendTools,
  { submission, by: claimOrPrecheck, cause }: Pick<SendCommand, 'submission' | 'by'> & { cause: string },
): Promise<ResponseClass | undefined> {
  const claimedCall =
    typeof claimOrPrecheck === 'string'
      ? await claimCall(tools, submission, claimOrPrecheck, 'customer')
      : claimOrPrecheck;
  if (!claimedCall) return undefined;
  await tools.ledger.recordResult(claimedCall.claim, { state: 'ambiguous' }, { actor: 'customer', cause });
  tools.log({ event: 'submission.held', submission: submission.id, cause });
  return { state: 'ambiguous', isOurFault: false, cause };
}

async function claimCall(tools: SendTools, key: SubmissionKey, precheck: Precheck, actor: CallActor) {
  const canSend = openSendWindow(tools, tools.sendWindowMs);
  const claim = await tools.ledger.claim(key, precheck, { actor });
  return claim && { claim, canSend };
}

function toAttemptResult(responseClass: ResponseClass, busyUntil: Date | undefined): AttemptResult {
  switch (responseClass.state) {
    case 'succeeded':
      return { state: 'succeeded', link: responseClass.link };
    case 'refused':
      return { state: 'refused', outcome: responseClass.target };
    case 'not-sent':
      return { state: 'received', busyUntil };
    case 'ambiguous':
      return { state: 'ambiguous' };
  }
}

/** Returns the time until which the row shows that a repeat follows; undefined when no repeat fits. */
function getRetryDeadline(responseClass: ResponseClass, now: Date, until: Date | undefined): Date | undefined {
  if (responseClass.state !== 'not-sent' || responseClass.repeatAfterMs === undefined || !until) return undefined;
  return now.getTime() + responseClass.repeatAfterMs < until.getTime() ? until : undefined;
}

/** Causes of an unsent call while the upstream works: its rate limit, or a claim that came too late. */
const NON_FAILURE_PATTERN = /^(HTTP 429|ClaimExpired)/;

/** Returns whether the breaker counts the response: the upstream failed, and not these data. */
export function isUpstreamFailure(responseClass: ResponseClass | undefined): boolean {
  if (responseClass?.state === 'not-sent')
    return responseClass.isOurFault || !NON_FAILURE_PATTERN.test(responseClass.cause);
  return responseClass?.state === 'ambiguous';
}

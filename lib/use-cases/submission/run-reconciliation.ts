import { classifyResponse } from '../../domain/upstream-responses/classify-response.ts';
import type { AmbiguousSubmission } from '../../store/submissions/lookups.ts';
import type { UserLookup } from '../../upstream/raas.ts';
import { isUpstreamFailure, type SendTools, sendOnce } from './send.ts';

export type ReconcileTools = SendTools & {
  limits: {
    /** Milliseconds over which every lookup must find no user before the user counts as absent. */
    absenceMs: number;
    /** Milliseconds after which a supervisor must review the submission, after one more lookup. */
    reviewAfterMs: number;
    total: number;
    lookup: number;
  };
};

/** Lookups that must find no user: a new user may not be visible yet (docs/vendor-notes.md#1-raas-request). */
const REQUIRED_ABSENCES = 3;
/** Submissions checked in parallel: fewer than the upstream's connections, which customers need, too. */
const BATCH_SIZE = 10;
/** Milliseconds after which a round starts no further batch, so that the health check does not report it as hung. */
const ROUND_MS = 20_000;

/**
 * Resolves calls with an unknown result. Records calls whose process was lost, then checks every submission that is due, each by
 * one worker. Any number of processes may run this at the same time. A round continues while the upstream answers all lookups.
 *
 * @param signal ends the round after the current batch
 * @returns the number of submissions checked
 */
export async function runReconciliation(tools: ReconcileTools, signal?: AbortSignal): Promise<number> {
  const { ledger, monotonicMs } = tools;
  const until = monotonicMs() + ROUND_MS;
  await ledger.recordLostCalls(false);
  await ledger.removeExpiredLinks();
  for (let count = 0; ; ) {
    const cases = await ledger.claimDue(BATCH_SIZE);
    const lookupKinds = await Promise.all(cases.map((submission) => resolveSubmission(tools, submission)));
    count += cases.length;
    const isMore = cases.length === BATCH_SIZE && !lookupKinds.includes('failed');
    if (!isMore || signal?.aborted || monotonicMs() >= until) return count;
  }
}

/** @returns the result of the lookup; undefined when the request cannot be read */
async function resolveSubmission(
  tools: ReconcileTools,
  submission: AmbiguousSubmission,
): Promise<UserLookup['kind'] | undefined> {
  const { ledger, raas, now, limits, log } = tools;
  const requireReview = async (cause: string) => {
    await ledger.recordResult(submission, { state: 'parked' }, { actor: 'reconciler', cause });
    log({ event: 'submission.parked', submission: submission.id, cause });
  };
  if (!submission.request) {
    await requireReview('nothing to look for');
    return undefined;
  }
  const nextCheckAt = new Date(now().getTime() + limits.absenceMs / (REQUIRED_ABSENCES - 1));
  const isLate = now().getTime() - submission.ambiguousSince.getTime() >= limits.reviewAfterMs;
  const user = await raas.findUser(submission.request.phoneNumber, limits.lookup);
  switch (user.kind) {
    case 'failed':
      if (user.isDenied) log({ event: 'upstream.alarm', cause: `lookup ${user.cause}` });
      if (isLate) await requireReview('no answer in time');
      else
        await ledger.scheduleRecheck(submission, nextCheckAt, false, {
          actor: 'reconciler',
          cause: `look failed: ${user.cause}`,
        });
      break;
    case 'absent':
      if (submission.absences + 1 < REQUIRED_ABSENCES)
        await ledger.scheduleRecheck(submission, nextCheckAt, true, { actor: 'reconciler', cause: 'absent' });
      else if (submission.reconciled > 0) await requireReview('lost twice');
      // Another draft may have the phone after the hold (docs/decisions/0108).
      else if (isLate) await requireReview('absent, and too late to send');
      else await retryCall(tools, submission);
      break;
    case 'present':
      await completeWithFoundUser(tools, submission, { userId: user.userId, nextCheckAt, isLate, requireReview });
  }
  return user.kind;
}

/** Repeats a call that has not arrived, if its answers are still valid. */
async function retryCall(tools: ReconcileTools, submission: AmbiguousSubmission): Promise<void> {
  const { ledger, upstreamGuard, limits, now } = tools;
  const isCleared = await ledger.recordNotSent(submission, { actor: 'reconciler', cause: 'proved absent' });
  const isSendable = submission.sendDeadline === undefined || submission.sendDeadline > now();
  const { request } = submission;
  if (!isCleared || !request) return;
  const call = isSendable
    ? await upstreamGuard.run(async () => {
        const responseClass = await sendOnce(tools, {
          submission: { id: submission.id, draftId: submission.draftId, request },
          actor: 'reconciler',
          by: 'absent',
          within: limits.total,
          isAfterUnknown: async () => true,
        });
        return { value: responseClass, isFailure: isUpstreamFailure(responseClass) };
      })
    : { admitted: false };
  if (!call.admitted) await ledger.release(submission);
}

type FoundUserContext = {
  userId: string;
  /** The time of the next lookup. */
  nextCheckAt: Date;
  /** The submission must be reviewed instead of checked again. */
  isLate: boolean;
  requireReview: (cause: string) => Promise<void>;
};

/**
 * Completes a submission whose phone has a user. Only a lookup without a user just before the call, and no call of another draft
 * since, prove that the call created this user. Otherwise the link could open another person's account.
 */
async function completeWithFoundUser(
  { ledger, raas, limits, log }: ReconcileTools,
  submission: AmbiguousSubmission,
  { userId, nextCheckAt, isLate, requireReview }: FoundUserContext,
): Promise<void> {
  const eventDetails = { actor: 'reconciler' } as const;
  if (submission.precheck === 'present') {
    await ledger.recordResult(
      submission,
      { state: 'refused', outcome: 'refused' },
      { ...eventDetails, cause: 'was there before' },
    );
    return log({ event: 'submission.settled', submission: submission.id, outcome: 'refused' });
  }
  if (submission.precheck === 'unknown') return requireReview('there, perhaps since before the call');
  if (await ledger.hasCompetingSubmission(submission)) return requireReview('there, perhaps by another call');
  const responseClass = classifyResponse(await raas.getEnrolledSessionLink(userId, limits.lookup));
  if (responseClass.state !== 'succeeded') {
    if (isLate) return requireReview('there, and no link in time');
    return ledger.scheduleRecheck(submission, nextCheckAt, false, {
      ...eventDetails,
      cause: `no link: ${responseClass.cause}`,
    });
  }
  await ledger.recordResult(
    submission,
    { state: 'succeeded', link: responseClass.link },
    { ...eventDetails, cause: 'found' },
  );
  log({ event: 'submission.settled', submission: submission.id, outcome: 'succeeded' });
}

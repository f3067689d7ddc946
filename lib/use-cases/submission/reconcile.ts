import { classifyResponse } from '../../domain/upstream-responses/classify-response.ts';
import type { AmbiguousSubmission } from '../../store/submissions/reconcile.ts';
import type { UserLookup } from '../../upstream/raas.ts';
import { isUpstreamFailure, type SendTools, sendOnce } from './send.ts';

export type ReconcileTools = SendTools & {
  limits: {
    /** Milliseconds over which a user must be absent in every look to count as absent. */
    absenceMs: number;
    /** Milliseconds after which a person takes over, once it has been looked for. */
    reviewAfterMs: number;
    total: number;
    lookup: number;
  };
};

/** Lookups that must find no user: a new user may not be visible yet (docs/vendor-notes.md#1-raas-request). */
const REQUIRED_ABSENCES = 3;
/** Cases that are looked at together: fewer than the upstream's connections, which customers need. */
const BATCH_SIZE = 10;
/** Milliseconds after which a round takes no further batch. It must end before the next one is due to be called hung. */
const ROUND_MS = 20_000;

/**
 * Finds out what became of the calls of unknown fate. Calls whose process was lost are found first; then every case
 * that is due is looked at by one worker. Any number of processes may do this at once.
 *
 * A backlog is worked off in one round, batch after batch, as long as the upstream answers all looks.
 *
 * @param signal ends it after the batch under way
 * @returns how many cases were looked at
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

/** @returns how the look ended; undefined when there was nothing to look for */
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
      if (submission.looks + 1 < REQUIRED_ABSENCES)
        await ledger.scheduleRecheck(submission, nextCheckAt, true, { actor: 'reconciler', cause: 'absent' });
      else if (submission.reconciled > 0) await requireReview('lost twice');
      // Another draft may have the phone by now (docs/decisions/0108).
      else if (isLate) await requireReview('absent, and too late to send');
      else await retryCall(tools, submission);
      break;
    case 'present':
      await completeWithFoundUser(tools, submission, { userId: user.userId, nextCheckAt, isLate, requireReview });
  }
  return user.kind;
}

/** Nothing had arrived: the call is made once more, if what it carries is still good. */
async function retryCall(tools: ReconcileTools, submission: AmbiguousSubmission): Promise<void> {
  const { ledger, upstreamGuard, limits, now } = tools;
  const isCleared = await ledger.recordNotSent(submission, { actor: 'reconciler', cause: 'proved absent' });
  const isSendable = submission.sendDeadline === undefined || submission.sendDeadline > now();
  const { request } = submission;
  if (!isCleared || !request) return;
  const call = isSendable
    ? await upstreamGuard.run(async () => {
        const responseClass = await sendOnce(tools, {
          ...{ submission: { id: submission.id, draftId: submission.draftId, request }, actor: 'reconciler' },
          ...{ by: 'absent', within: limits.total, isAfterUnknown: true },
        });
        return { value: responseClass, isFailure: isUpstreamFailure(responseClass) };
      })
    : { admitted: false };
  if (!call.admitted) await ledger.release(submission);
}

type FoundUserContext = {
  userId: string;
  /** When the next look is due. */
  nextCheckAt: Date;
  /** It is time for a person to take over. */
  isLate: boolean;
  requireReview: (cause: string) => Promise<void>;
};

/**
 * Somebody with this phone is there. Only when nobody was just before the call, and no other draft called meanwhile, is it
 * proved that the call made this user; then, and only then, its customer gets the link. Anything else could be a
 * stranger's account.
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
  if (submission.precheck === 'unknown') return requireReview('there, and nobody knows since when');
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

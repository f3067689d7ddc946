import { and, gt, isNull, or } from 'drizzle-orm';
import type { Precheck } from '../../domain/submission.ts';
import { submissions } from '../schema.ts';
import { getTimeAfter, NOW_PARAM, toParam } from '../statement-params.ts';
import { handleUniqueViolation } from '../unique-violation.ts';
import type { AllowedActor } from './allowed-transitions.ts';
import { buildIncrement, IS_RECEIVED, IS_SUBMISSION } from './conditions.ts';
import type { LedgerContext } from './context.ts';
import { claimPhone, getPhoneDeadlines } from './phone-claims.ts';
import { type Claim, type EventDetails, prepareTransition, type SubmissionKey } from './transition.ts';

/** Claims calls of received submissions. */
export function createClaiming(context: LedgerContext) {
  const claim = prepareClaim(context);
  const release = prepareRelease(context);

  return {
    /**
     * Claims the right to make one call, and the phone with it. The claim is committed when the promise resolves.
     *
     * @returns undefined when another claim was first or a submission of another draft has the phone
     */
    async claim(
      { id, draftId }: SubmissionKey,
      precheck: Precheck,
      eventDetails: EventDetails<AllowedActor<'claim'>>,
    ): Promise<Claim | undefined> {
      return (await handleUniqueViolation(claim({ id, draftId, precheck }, eventDetails)))?.[0];
    },

    /** Ends the time in which no other process begins, since the caller does not send the received row after all. */
    async release({ id, draftId }: SubmissionKey): Promise<void> {
      await release.execute({ id, draftId });
    },
  };
}

function prepareClaim(context: LedgerContext) {
  const isSendable = or(isNull(submissions.sendableUntil), gt(submissions.sendableUntil, NOW_PARAM));
  return prepareTransition(context, 'claim', {
    where: and(IS_SUBMISSION, IS_RECEIVED, isSendable),
    set: {
      state: 'sending',
      precheck: toParam<Precheck>('precheck'),
      attempt: buildIncrement(submissions.attempt),
      fence: buildIncrement(submissions.fence),
      leaseUntil: getTimeAfter(context.times.leaseMs),
      holdsPhone: true,
    },
    phone: claimPhone(getPhoneDeadlines(context.times).sending),
  });
}

function prepareRelease({ database }: LedgerContext) {
  return database
    .update(submissions)
    .set({ leaseUntil: null })
    .where(and(IS_SUBMISSION, IS_RECEIVED))
    .prepare('release');
}

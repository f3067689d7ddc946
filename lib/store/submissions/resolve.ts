import { and } from 'drizzle-orm';
import { submissions } from '../schema.ts';
import { getTimeAfter } from '../statement-params.ts';
import { buildIncrement, IS_PARKED, IS_SUBMISSION } from './conditions.ts';
import { claimPhone, releasePhone } from './phone-claims.ts';
import { prepareTransition, type TransitionContext } from './transition.ts';

/**
 * The decisions about a submission that needs review, each with its next state. `delivered`: the customer was helped in another
 * way. `refused`: the customer cannot be served. `again`: no call reached the upstream, so the customer may submit again.
 */
export const DECISIONS = { delivered: 'succeeded', refused: 'refused', again: 'received' } as const;
export type Decision = keyof typeof DECISIONS;

/** How long a submission that may be sent again keeps its phone, in milliseconds. The customer's next submit claims the phone again. */
const RESEND_HOLD_MS = 60_000;
const NEEDS_REVIEW = and(IS_SUBMISSION, IS_PARKED);

export function prepareResolutions(context: TransitionContext) {
  return {
    delivered: prepareDelivered(context),
    refused: prepareRefused(context),
    again: prepareAgain(context),
  };
}

function prepareDelivered(context: TransitionContext) {
  return prepareTransition(context, 'delivered', {
    where: NEEDS_REVIEW,
    set: {
      state: DECISIONS.delivered,
      fence: buildIncrement(submissions.fence),
      leaseUntil: null,
      sealedPayload: null,
    },
    phone: releasePhone,
  });
}

function prepareRefused(context: TransitionContext) {
  return prepareTransition(context, 'refused', {
    where: NEEDS_REVIEW,
    set: {
      state: DECISIONS.refused,
      outcome: 'refused',
      fence: buildIncrement(submissions.fence),
      leaseUntil: null,
      sealedPayload: null,
    },
    phone: releasePhone,
  });
}

function prepareAgain(context: TransitionContext) {
  return prepareTransition(context, 'again', {
    where: NEEDS_REVIEW,
    set: {
      state: DECISIONS.again,
      fence: buildIncrement(submissions.fence),
      leaseUntil: null,
      holdsPhone: true,
    },
    phone: claimPhone(getTimeAfter(RESEND_HOLD_MS)),
  });
}

import { and, inArray, lt, not, type SQL } from 'drizzle-orm';
import { DAY_MS } from '../../domain/time.ts';
import { submissions } from '../schema.ts';
import { getTimeAfter } from '../statement-params.ts';
import { buildIncrement, IS_DUE, IS_RECEIVED, IS_SUBMISSION } from './conditions.ts';
import { releasePhone } from './phone-claims.ts';
import { prepareTransition, type TransitionContext } from './transition.ts';

/** How long an operator may decide, in milliseconds. */
const DECISION_MS = 30 * DAY_MS;

/** Returns a condition that locks the next rows of a batch, up to the parameter `rows`. */
type LockRows = (condition: SQL | undefined) => SQL;

/** Expires received submissions whose draft has ended. */
export function prepareExpireReceived(context: TransitionContext, lockRows: LockRows, hasDraft: SQL) {
  return prepareTransition(context, 'expire_received', {
    where: lockRows(and(IS_RECEIVED, IS_DUE, not(hasDraft))),
    set: { state: 'expired', fence: buildIncrement(submissions.fence), leaseUntil: null, sealedPayload: null },
    phone: releasePhone,
  });
}

/** Refuses submissions that an operator has not resolved in time. */
export function prepareRefuseUndecided(context: TransitionContext, lockRows: LockRows) {
  const isUndecided = inArray(submissions.state, ['sending', 'ambiguous', 'reconciling', 'parked']);
  return prepareTransition(context, 'refuse_undecided', {
    where: lockRows(and(isUndecided, IS_DUE, lt(submissions.updatedAt, getTimeAfter(-DECISION_MS)))),
    set: {
      state: 'refused',
      outcome: 'refused',
      fence: buildIncrement(submissions.fence),
      leaseUntil: null,
      sealedPayload: null,
    },
    phone: releasePhone,
  });
}

/** Expires a received submission of a person whose data is erased. */
export function prepareEraseReceived(context: TransitionContext) {
  return prepareTransition(context, 'erase_received', {
    where: and(IS_SUBMISSION, IS_RECEIVED, IS_DUE),
    set: { state: 'expired', fence: buildIncrement(submissions.fence) },
    phone: releasePhone,
  });
}

import { and, eq, inArray, lt, ne, sql } from 'drizzle-orm';
import { UNKNOWN_OUTCOME_STATES } from '../../domain/submission.ts';
import { claims, submissions } from '../schema.ts';
import { getTimeAfter, NOW_PARAM, toParam } from '../statement-params.ts';
import { IS_DUE, IS_OF_DRAFT, IS_OTHER_DRAFT, IS_RECEIVED } from './conditions.ts';
import { getIsoAfter, type LedgerContext } from './context.ts';
import { releasePhone } from './phone-claims.ts';
import { prepareTransition } from './transition.ts';

/** The shortest time, in milliseconds, after which a customer whose phone another draft has may try again. */
const SENDING_WAIT_MS = 60_000;
const IS_OTHER_CLAIM = and(eq(claims.hash, toParam('phoneHash')), ne(claims.draftId, toParam('draftId')));

/** Removes what keeps a draft from being submitted: older rows that were never processed, and claims that have run out. */
export function createDisplacement(context: LedgerContext) {
  const { now, times } = context;
  const expireOlderVersions = prepareExpireOlderVersions(context);
  const expireOtherDrafts = prepareExpireOtherDrafts(context);
  const deletePhoneClaim = prepareDeletePhoneClaim(context);
  const releaseLegacyHold = prepareReleaseLegacyHold(context);
  const findPhoneHolder = prepareFindPhoneHolder(context);

  return {
    async displace({ draftId, draftVersion, phoneHash }: { draftId: string; draftVersion: number; phoneHash: string }) {
      const eventDetails = { actor: 'customer', cause: 'newer answers' } as const;
      await expireOlderVersions({ draftId, draftVersion }, eventDetails);
      await expireOtherDrafts({ draftId, phoneHash }, eventDetails);
      await deletePhoneClaim.execute({ draftId, phoneHash, at: getIsoAfter(now, 0) });
      await releaseLegacyHold.execute({ draftId, phoneHash, at: getIsoAfter(now, 0) });
    },

    /** Returns why a row could not be inserted. */
    async findObstacle(intent: { draftId: string; phoneHash: string }) {
      const [holder] = await findPhoneHolder.execute(intent);
      if (!holder) return { kind: 'outdated' } as const;
      const heldForMs = holder.until.getTime() - now().getTime();
      // Longer than a hold: the call is in progress and will probably release the phone soon.
      const isSending = heldForMs > times.holdMs;
      const retryAfterMs = isSending ? SENDING_WAIT_MS : Math.max(heldForMs, SENDING_WAIT_MS);
      return { kind: 'phone-held', retryAfterMs } as const;
    },
  };
}

function prepareExpireOlderVersions(context: LedgerContext) {
  const isOlder = and(IS_OF_DRAFT, lt(submissions.draftVersion, toParam('draftVersion')));
  return prepareTransition(context, 'outdate', {
    where: and(isOlder, IS_RECEIVED, IS_DUE),
    set: { state: 'expired', leaseUntil: null, sealedPayload: null },
    phone: releasePhone,
  });
}

function prepareExpireOtherDrafts(context: LedgerContext) {
  const isForgotten = and(IS_OTHER_DRAFT, lt(submissions.updatedAt, getTimeAfter(-context.times.leaseMs)));
  return prepareTransition(context, 'outdate_other', {
    where: and(isForgotten, IS_RECEIVED, IS_DUE),
    set: { state: 'expired', leaseUntil: null, sealedPayload: null },
    phone: releasePhone,
  });
}

function prepareDeletePhoneClaim({ database }: LedgerContext) {
  return database
    .delete(claims)
    .where(and(IS_OTHER_CLAIM, lt(claims.until, NOW_PARAM)))
    .prepare('release_phone');
}

/** Instances of the version before `claims` refuse a phone by `holdsPhone`, until `npm run migrate -- --contract`. */
function prepareReleaseLegacyHold({ database, times: { holdMs } }: LedgerContext) {
  const unknownSince = sql<Date>`coalesce(${submissions.ambiguousSince}, ${submissions.updatedAt})`;
  const isUnknown = inArray(submissions.state, UNKNOWN_OUTCOME_STATES);
  return database
    .update(submissions)
    .set({ holdsPhone: false })
    .where(and(IS_OTHER_DRAFT, isUnknown, lt(unknownSince, getTimeAfter(-holdMs))))
    .prepare('release_hold');
}

function prepareFindPhoneHolder({ database }: LedgerContext) {
  return database.select({ until: claims.until }).from(claims).where(IS_OTHER_CLAIM).prepare('holder');
}

import { and, eq, gt, inArray, ne, or, sql } from 'drizzle-orm';
import type { SessionLinkRequest } from '../../domain/session-link-request.ts';
import type { Precheck } from '../../domain/submission.ts';
import { decryptJson } from '../encrypted-values.ts';
import { submissions } from '../schema.ts';
import { getTimeAfter, NOW_PARAM, toParam, toTimestampParam } from '../statement-params.ts';
import type { AllowedActor } from './allowed-transitions.ts';
import { buildIncrement, IS_DUE, IS_FENCE_CURRENT, IS_OTHER_DRAFT, IS_UNSETTLED } from './conditions.ts';
import { getIsoAfter, hasRows, type LedgerContext } from './context.ts';
import { prepareFind } from './find-claimable.ts';
import { extendPhoneClaim, getPhoneDeadlines } from './phone-claims.ts';
import { type Claim, type EventDetails, prepareTransition } from './transition.ts';

/** An ambiguous submission, claimed by one reconciler. */
export type AmbiguousSubmission = Claim & {
  phoneHash: string | null;
  createdAt: Date;
  /** Undefined when there is none or when it cannot be decrypted: then an operator decides. */
  request: SessionLinkRequest | undefined;
  precheck: Precheck;
  ambiguousSince: Date;
  /** Lookups that found no user. */
  absences: number;
  /** How often lookups have proved that no call had arrived. */
  reconciled: number;
  sendDeadline: Date | undefined;
};

const IS_RECONCILING = and(IS_FENCE_CURRENT, eq(submissions.state, 'reconciling'));

/** Claims ambiguous submissions for lookups, and records lookups that are not their end. */
export function createLookups(context: LedgerContext) {
  const { now, times } = context;
  const findDue = prepareFind(context, 'find_due', and(IS_UNSETTLED, IS_DUE), sql.placeholder('limit'));
  const take = prepareTake(context);
  const findCompeting = prepareFindCompeting(context);

  return {
    ...createLookupRecords(context),

    /** Claims up to `limit` ambiguous submissions that are due for a lookup. */
    async claimDue(limit: number): Promise<AmbiguousSubmission[]> {
      const dueRows = await findDue.execute({ limit, at: getIsoAfter(now, 0) });
      const claims = (await Promise.all(dueRows.map((row) => take(row, { actor: 'reconciler' })))).flat();
      return claims.length === 0 ? [] : readClaimed(context, claims);
    },

    /**
     * Returns whether the user at the upstream may be from a call of another draft for the same person: one that succeeded at any
     * time, since a new user can be invisible to the lookup before this submission's first call (docs/vendor-notes.md), or one that
     * changed since that lookup. One lease is added for clocks that differ.
     */
    async hasCompetingSubmission({
      draftId,
      phoneHash,
      createdAt,
    }: Pick<AmbiguousSubmission, 'draftId' | 'phoneHash' | 'createdAt'>): Promise<boolean> {
      const since = new Date(createdAt.getTime() - times.leaseMs).toISOString();
      return hasRows(await findCompeting.execute({ draftId, phoneHash, since }));
    },
  };
}

function createLookupRecords(context: LedgerContext) {
  const lookAgain = prepareLookAgain(context);
  const clear = prepareClear(context);
  return {
    /**
     * Records a lookup that settled nothing. The count is written, not incremented, so that the statement has no further effect
     * when the database receives it twice.
     *
     * @param isAbsent the lookup found no user
     */
    async scheduleRecheck(
      { id, draftId, fence, absences }: Claim & Pick<AmbiguousSubmission, 'absences'>,
      nextCheckAt: Date,
      isAbsent: boolean,
      eventDetails: EventDetails<AllowedActor<'look_again'>>,
    ): Promise<void> {
      const count = absences + (isAbsent ? 1 : 0);
      await lookAgain({ id, draftId, fence, again: nextCheckAt.toISOString(), absences: count }, eventDetails);
    },

    /** Records that lookups proved that no call had arrived. @returns false when the claim is void */
    async recordNotSent(
      { id, draftId, fence }: Claim,
      eventDetails: EventDetails<AllowedActor<'clear'>>,
    ): Promise<boolean> {
      return hasRows(await clear({ id, draftId, fence }, eventDetails));
    },
  };
}

async function readClaimed(
  { database, keys }: LedgerContext,
  claims: readonly Claim[],
): Promise<AmbiguousSubmission[]> {
  const draftIds = claims.map(({ draftId }) => draftId);
  const ids = claims.map(({ id }) => id);
  const isClaimed = and(inArray(submissions.draftId, draftIds), inArray(submissions.id, ids));
  const rows = await database.select().from(submissions).where(isClaimed);
  return rows.map((row) => ({
    id: row.id,
    draftId: row.draftId,
    attempt: row.attempt,
    fence: claims.find(({ id }) => id === row.id)?.fence ?? row.fence,
    phoneHash: row.phoneHash,
    createdAt: row.createdAt,
    request: row.sealedPayload
      ? decryptJson<SessionLinkRequest>('payload', row.id, row.sealedPayload, keys)
      : undefined,
    precheck: row.precheck ?? 'unknown',
    ambiguousSince: row.ambiguousSince ?? row.updatedAt,
    absences: row.absences,
    reconciled: row.reconciled,
    sendDeadline: row.sendableUntil ?? undefined,
  }));
}

function prepareTake(context: LedgerContext) {
  return prepareTransition(context, 'take', {
    where: and(IS_FENCE_CURRENT, IS_UNSETTLED, IS_DUE),
    set: {
      state: 'reconciling',
      fence: buildIncrement(submissions.fence),
      leaseUntil: getTimeAfter(context.times.leaseMs),
      // Without a start, its age would never reach the end of reconciling.
      ambiguousSince: sql`coalesce(${submissions.ambiguousSince}, ${NOW_PARAM})`,
    },
  });
}

function prepareLookAgain(context: LedgerContext) {
  return prepareTransition(context, 'look_again', {
    where: IS_RECONCILING,
    set: { state: 'reconciling', leaseUntil: toTimestampParam('again'), absences: toParam<number>('absences') },
  });
}

function prepareClear(context: LedgerContext) {
  return prepareTransition(context, 'clear', {
    where: IS_RECONCILING,
    set: {
      state: 'received',
      leaseUntil: getTimeAfter(context.times.leaseMs),
      ambiguousSince: null,
      reconciled: buildIncrement(submissions.reconciled),
    },
    phone: extendPhoneClaim(getPhoneDeadlines(context.times).received),
  });
}

function prepareFindCompeting({ database }: LedgerContext) {
  // An expired submission was proved not to have been processed.
  const mayHaveCalled = and(gt(submissions.attempt, 0), ne(submissions.state, 'expired'));
  const mayHaveMadeUser = or(eq(submissions.state, 'succeeded'), gt(submissions.updatedAt, toTimestampParam('since')));
  return database
    .select({ id: submissions.id })
    .from(submissions)
    .where(and(IS_OTHER_DRAFT, mayHaveCalled, mayHaveMadeUser))
    .limit(1)
    .prepare('rivals');
}

import { and, inArray } from 'drizzle-orm';
import { DAY_MS } from '../../domain/time.ts';
import { encryptDraft } from '../drafts.ts';
import { encryptValue } from '../encrypted-values.ts';
import { drafts, submissions } from '../schema.ts';
import { getTimeAfter, NOW_PARAM, toParam, toTimestampParam } from '../statement-params.ts';
import type { AllowedActor } from './allowed-transitions.ts';
import { IS_FENCE_CURRENT } from './conditions.ts';
import { hasRows, type LedgerContext } from './context.ts';
import { extendPhoneClaim, getPhoneDeadlines, releasePhone } from './phone-claims.ts';
import { type AdditionalChange, type Claim, type EventDetails, prepareTransition } from './transition.ts';

/** The result of a claimed call or of a lookup. */
export type AttemptResult =
  | { state: 'succeeded'; link?: string }
  | { state: 'refused'; outcome: string }
  /** Proved not to have been processed. `busyUntil`: a repeat follows by itself. */
  | { state: 'received'; busyUntil?: Date | undefined }
  | { state: 'ambiguous' }
  | { state: 'parked' };

/** How long a link is kept for a returning customer, in milliseconds. The vendor does not publish how long it works. */
const LINK_MS = DAY_MS;
const IS_CLAIMED = and(IS_FENCE_CURRENT, inArray(submissions.state, ['sending', 'reconciling']));

/** Records the results of claimed calls and lookups. */
export function createCompletion(context: LedgerContext) {
  const { keys } = context;
  const statements = {
    succeeded: prepareSucceeded(context),
    refused: prepareRefused(context),
    received: prepareReceived(context),
    ambiguous: prepareAmbiguous(context),
    parked: prepareParked(context),
  };

  return {
    /**
     * Records the result under a claim. The statement that stores a link also empties the draft; the draft's row stays, so that
     * the customer's cookie still leads to the result.
     *
     * @returns false when the claim is void; then nothing changes
     */
    async recordResult(
      { id, draftId, fence }: Claim,
      result: AttemptResult,
      eventDetails: EventDetails<AllowedActor<'finish_succeeded'>>,
    ): Promise<boolean> {
      const claim = { id, draftId, fence };
      switch (result.state) {
        case 'succeeded': {
          const sealedLink = result.link === undefined ? null : encryptValue('link', id, result.link, keys);
          const emptyDraft = encryptDraft(draftId, { steps: {} }, keys);
          return hasRows(await statements.succeeded({ ...claim, sealedLink, emptyDraft }, eventDetails));
        }
        case 'refused':
          return hasRows(await statements.refused({ ...claim, outcome: result.outcome }, eventDetails));
        case 'received': {
          const leaseUntil = result.busyUntil?.toISOString() ?? null;
          return hasRows(await statements.received({ ...claim, leaseUntil }, eventDetails));
        }
        case 'ambiguous':
        case 'parked':
          return hasRows(await statements[result.state](claim, eventDetails));
      }
    },
  };
}

function prepareSucceeded(context: LedgerContext) {
  return prepareTransition(context, 'finish_succeeded', {
    where: IS_CLAIMED,
    set: {
      state: 'succeeded',
      leaseUntil: null,
      sealedPayload: null,
      sealedLink: toParam<string>('sealedLink'),
      linkExpiresAt: getTimeAfter(LINK_MS),
    },
    phone: releasePhone,
    also: clearDraft,
  });
}

const clearDraft: AdditionalChange = (database, changedRows) => {
  const draftIds = database.select({ draftId: changedRows.draftId }).from(changedRows);
  const change = database
    .update(drafts)
    .set({ sealed: toParam<string>('emptyDraft') })
    .where(inArray(drafts.id, draftIds));
  return [database.$with('emptied', {}).as(change.getSQL())];
};

function prepareRefused(context: LedgerContext) {
  return prepareTransition(context, 'finish_refused', {
    where: IS_CLAIMED,
    set: { state: 'refused', outcome: toParam<string>('outcome'), leaseUntil: null, sealedPayload: null },
    phone: releasePhone,
  });
}

function prepareReceived(context: LedgerContext) {
  return prepareTransition(context, 'finish_received', {
    where: IS_CLAIMED,
    set: { state: 'received', leaseUntil: toTimestampParam('leaseUntil') },
    phone: extendPhoneClaim(getPhoneDeadlines(context.times).received),
  });
}

function prepareAmbiguous(context: LedgerContext) {
  return prepareTransition(context, 'finish_ambiguous', {
    where: IS_CLAIMED,
    set: {
      state: 'ambiguous',
      ambiguousSince: NOW_PARAM,
      absences: 0,
      leaseUntil: getTimeAfter(context.times.firstLookupMs),
    },
    phone: extendPhoneClaim(getPhoneDeadlines(context.times).ambiguous),
  });
}

function prepareParked(context: LedgerContext) {
  return prepareTransition(context, 'finish_parked', {
    where: IS_CLAIMED,
    set: { state: 'parked', leaseUntil: null },
  });
}

import { and } from 'drizzle-orm';
import { submissions } from '../schema.ts';
import { getTimeAfter, NOW_PARAM } from '../statement-params.ts';
import { buildIncrement, IS_DUE, IS_FENCE_CURRENT, IS_SENDING } from './conditions.ts';
import { getIsoAfter, type LedgerContext } from './context.ts';
import { prepareFind } from './find-claimable.ts';
import { extendPhoneClaim, getPhoneDeadlines } from './phone-claims.ts';
import { prepareTransition } from './transition.ts';

/** Rows that one call moves at most. */
const MAX_ROWS = 1_000;
/** Rows that are moved at the same time: fewer than the pool has connections. */
const MAX_PARALLEL_TRANSITIONS = 8;

/** Recovers calls whose process was lost. */
export function createRecovery(context: LedgerContext) {
  const findLostCalls = prepareFind(context, 'find_lost', and(IS_SENDING, IS_DUE), MAX_ROWS);
  const findAllCalls = prepareFind(context, 'find_all_lost', IS_SENDING, MAX_ROWS);
  const recover = prepareRecover(context);

  return {
    /**
     * Marks lost calls as ambiguous.
     *
     * @param isOnlyProcess includes calls whose lease still runs: no other process can be making them
     * @returns the number of lost calls
     */
    async recordLostCalls(isOnlyProcess: boolean): Promise<number> {
      const at = getIsoAfter(context.now, 0);
      const lostRows = await (isOnlyProcess ? findAllCalls : findLostCalls).execute({ at });
      let recoveredCount = 0;
      for (let first = 0; first < lostRows.length; first += MAX_PARALLEL_TRANSITIONS) {
        const rows = lostRows.slice(first, first + MAX_PARALLEL_TRANSITIONS);
        const eventDetails = { actor: 'reconciler', cause: 'process lost' } as const;
        recoveredCount += (await Promise.all(rows.map((row) => recover(row, eventDetails)))).flat().length;
      }
      return recoveredCount;
    },
  };
}

function prepareRecover(context: LedgerContext) {
  return prepareTransition(context, 'recover', {
    where: and(IS_FENCE_CURRENT, IS_SENDING),
    set: {
      state: 'ambiguous',
      fence: buildIncrement(submissions.fence),
      ambiguousSince: NOW_PARAM,
      absences: 0,
      leaseUntil: getTimeAfter(context.times.firstLookupMs),
    },
    phone: extendPhoneClaim(getPhoneDeadlines(context.times).ambiguous),
  });
}

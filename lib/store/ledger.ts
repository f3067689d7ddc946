import type { Keys } from '../crypto/encryption.ts';
import type { EventSubscription } from './application-events/write-event.ts';
import type { Database } from './database.ts';
import { createClaiming } from './submissions/claim.ts';
import { createCompletion } from './submissions/complete.ts';
import type { LedgerTimes } from './submissions/context.ts';
import { createCreation } from './submissions/create.ts';
import { createLookups } from './submissions/lookups.ts';
import { createQueries } from './submissions/queries.ts';
import { createRecovery } from './submissions/recover.ts';

export type Ledger = ReturnType<typeof createLedger>;

/**
 * Creates the ledger of submissions. The conditions of its statements arbitrate; no function writes after a separate read, so
 * any number of processes may share one Postgres. `submissions/allowed-transitions.ts` lists the changes of a state.
 */
export function createLedger(
  database: Database,
  keys: Keys,
  now: () => Date,
  times: LedgerTimes,
  createId: () => string = () => crypto.randomUUID(),
  subscriptions: readonly EventSubscription[] = [],
) {
  const context = { database, keys, now, times, subscriptions };
  const queries = createQueries(context);
  return {
    ...createCreation(context, createId, queries.findLatest),
    ...createClaiming(context),
    ...createCompletion(context),
    ...createRecovery(context),
    ...createLookups(context),
    ...queries,
  };
}

import type { Pool } from 'pg';
import { createDataKey, createKeys } from '../../lib/crypto/encryption.ts';
import { APPLICATION_EVENT_TYPES } from '../../lib/domain/events/application-event.ts';
import { createPoolDatabase } from '../../lib/store/database-session.ts';
import { createDraftRepository, type DraftRepository } from '../../lib/store/drafts.ts';
import { createFailoverDetector, type FailoverDetector } from '../../lib/store/failovers.ts';
import { createLedger, type Ledger } from '../../lib/store/ledger.ts';
import { createPurge, type Purge } from '../../lib/store/purge.ts';
import { createSubmissionAdmin, type SubmissionAdmin } from '../../lib/store/submission-admin.ts';
import { grantContext, type Query } from './database.ts';
import type { Grants } from './ledger-watch.ts';
import type { Process } from './process.ts';
import { LEDGER_TIMES } from './times.ts';

/** The process that a set of stores works for at the moment. */
type Binding = { process: Process; query: Query; createId: () => string; onPurgeError: (kind: string) => void };

export type Stores = {
  drafts: DraftRepository;
  ledger: Ledger;
  operations: SubmissionAdmin;
  purge: Purge;
  failovers: FailoverDetector;
};
/** A set of the product's stores. To write its statements takes longer than a whole run, so runs use it one after another. */
export type StoreSlot = Stores & { bind: (binding: Binding) => void };

/** A partner's endpoint that wants every event. */
const SUBSCRIPTIONS = [{ endpoint: 'partner', types: APPLICATION_EVENT_TYPES }];

const keys = createKeys([createDataKey('a', Buffer.alloc(32, 1))]);

export function createStoreSlot(): StoreSlot {
  let currentBinding: Binding | undefined;
  const getBinding = (): Binding => {
    if (!currentBinding) throw new Error('The stores work for no process');
    return currentBinding;
  };
  const pool = {
    query: (...[config, values]: [Parameters<Query>[1], readonly unknown[]]) =>
      getBinding().query(getBinding().process, config, values),
  };
  const runtime = {
    sleep: (ms: number) => getBinding().process.runtime.sleep(ms),
    random: () => getBinding().process.runtime.random(),
    monotonicMs: () => getBinding().process.runtime.monotonicMs(),
  };
  const database = createPoolDatabase(pool as unknown as Pool, { runtime });
  const now = () => getBinding().process.runtime.now();
  const createId = () => getBinding().createId();
  const ledger = createLedger(database, keys, now, LEDGER_TIMES, createId, SUBSCRIPTIONS);
  const grantsByClaim = new WeakMap<object, Grants>();
  const getGrants = (claim: object): Grants => grantsByClaim.get(claim) ?? new Map();
  /** Keeps which claim the database has granted, so that no number of the product's has to be believed. */
  async function recordGrants<T extends object | undefined>(statements: () => Promise<T[]>): Promise<T[]> {
    const grants: Grants = new Map();
    const claims = await grantContext.run(grants, statements);
    for (const claim of claims) if (claim) grantsByClaim.set(claim, grants);
    return claims;
  }
  return {
    bind(newBinding) {
      currentBinding = newBinding;
    },
    drafts: createDraftRepository(database, keys, now, SUBSCRIPTIONS),
    ledger: {
      ...ledger,
      createClaimedSubmission: (...args) =>
        recordGrants(async () => [await ledger.createClaimedSubmission(...args)]).then(([claim]) => claim),
      claim: (...args) => recordGrants(async () => [await ledger.claim(...args)]).then(([claim]) => claim),
      claimDue: (limit) => recordGrants(() => ledger.claimDue(limit)),
      recordResult: (claim, ...rest) => grantContext.run(getGrants(claim), () => ledger.recordResult(claim, ...rest)),
      recordNotSent: (claim, eventNote) =>
        grantContext.run(getGrants(claim), () => ledger.recordNotSent(claim, eventNote)),
      scheduleRecheck: (claim, ...rest) =>
        grantContext.run(getGrants(claim), () => ledger.scheduleRecheck(claim, ...rest)),
    },
    operations: createSubmissionAdmin(database, keys, now, SUBSCRIPTIONS),
    failovers: createFailoverDetector(database, keys, now),
    purge: createPurge(
      database,
      now,
      { isEmbedded: false, onError: (kind) => getBinding().onPurgeError(kind), subscriptions: SUBSCRIPTIONS },
      runtime,
    ),
  };
}

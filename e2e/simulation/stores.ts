import type { Pool } from 'pg';
import { createKeys, dataKey } from '../../lib/crypto/encryption.ts';
import { type Drafts, draftStore } from '../../lib/store/drafts.ts';
import { type Failovers, failoverStore } from '../../lib/store/failovers.ts';
import { type Ledger, ledgerStore } from '../../lib/store/ledger.ts';
import { type Operations, operations } from '../../lib/store/operations.ts';
import { createPurge, type Purge } from '../../lib/store/purge.ts';
import { openDatabase } from '../../lib/store/session.ts';
import { grantContext, type Query } from './database.ts';
import type { Grants } from './ledger-watch.ts';
import type { Process } from './process.ts';
import { LEDGER_TIMES } from './times.ts';

/** Who a set of stores works for at the moment. */
type Binding = { process: Process; query: Query; createId: () => string; onPurgeError: (kind: string) => void };

export type Stores = { drafts: Drafts; ledger: Ledger; operations: Operations; purge: Purge; failovers: Failovers };
/** A set of the product's stores. To write its statements takes longer than a whole run, so runs use it one after another. */
export type StoreSlot = Stores & { bind: (binding: Binding) => void };

const keys = createKeys([dataKey('a', Buffer.alloc(32, 1))]);

export function createStoreSlot(): StoreSlot {
  let bound: Binding | undefined;
  const binding = (): Binding => {
    if (!bound) throw new Error('The stores work for no process');
    return bound;
  };
  const pool = {
    query: (...[config, values]: [Parameters<Query>[1], readonly unknown[]]) =>
      binding().query(binding().process, config, values),
  };
  const runtime = {
    sleep: (ms: number) => binding().process.runtime.sleep(ms),
    random: () => binding().process.runtime.random(),
    monotonicMs: () => binding().process.runtime.monotonicMs(),
  };
  const database = openDatabase(pool as unknown as Pool, { runtime });
  const now = () => binding().process.runtime.now();
  const ledger = ledgerStore(database, keys, now, LEDGER_TIMES, () => binding().createId());
  const granted = new WeakMap<object, Grants>();
  const grantsOf = (claim: object): Grants => granted.get(claim) ?? new Map();
  /** Keeps which claim the database has granted, so that no number of the product's has to be believed. */
  async function ask<T extends object | undefined>(statements: () => Promise<T[]>): Promise<T[]> {
    const grants: Grants = new Map();
    const claims = await grantContext.run(grants, statements);
    for (const claim of claims) if (claim) granted.set(claim, grants);
    return claims;
  }
  return {
    bind(next) {
      bound = next;
    },
    drafts: draftStore(database, keys, now),
    ledger: {
      ...ledger,
      begin: (...args) => ask(async () => [await ledger.begin(...args)]).then(([claim]) => claim),
      claim: (...args) => ask(async () => [await ledger.claim(...args)]).then(([claim]) => claim),
      take: (limit) => ask(() => ledger.take(limit)),
      finish: (claim, ...rest) => grantContext.run(grantsOf(claim), () => ledger.finish(claim, ...rest)),
      clear: (claim, note) => grantContext.run(grantsOf(claim), () => ledger.clear(claim, note)),
      lookAgain: (claim, ...rest) => grantContext.run(grantsOf(claim), () => ledger.lookAgain(claim, ...rest)),
    },
    operations: operations(database, keys, now),
    failovers: failoverStore(database, keys, now),
    purge: createPurge(database, now, { isEmbedded: false, onError: (kind) => binding().onPurgeError(kind) }, runtime),
  };
}

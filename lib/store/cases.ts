import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import type { Keys } from '../crypto/encryption.ts';
import { keyedHash } from '../crypto/keyed-hash.ts';
import { isUuid } from '../domain/text/ids.ts';
import type { Database } from './database.ts';
import { decryptJson, encryptValue } from './encrypted-values.ts';
import { cases, submissions } from './schema.ts';
import { idOf } from './token.ts';

/** What a case keeps of its customer: the way to the draft, and what the list shows. */
export type Customer = { token: string; phone: string; name: string; lang: 'en' | 'es' };
export type Case = {
  id: string;
  shop: string;
  agent: string;
  isOpen: boolean;
  updatedAt: Date;
  /** Under which the ledger knows what was sent. */
  draftId: string | undefined;
  customer: Customer;
};

/** More open cases than a shop has, and few enough to be unsealed for a search. */
const MOST_OPEN = 300;

export type Cases = ReturnType<typeof caseStore>;

/** Cases, always asked for within one shop: what belongs to another is not found, like what does not exist. */
export function caseStore(database: Database, keys: Keys, now: () => Date) {
  const sealed = (id: string, customer: Customer) => encryptValue('case', id, JSON.stringify(customer), keys);
  const hashOf = (phone: string) => keyedHash(phone, 'case', keys);
  function opened(row: typeof cases.$inferSelect): Case | undefined {
    const { id, shop, agent, state, draftId, updatedAt } = row;
    const customer = decryptJson<Customer>('case', id, row.sealed, keys);
    return (
      customer && { id, shop, agent, isOpen: state === 'open', draftId: draftId ?? undefined, updatedAt, customer }
    );
  }

  return {
    async create({ id, ...owner }: Pick<Case, 'id' | 'shop' | 'agent'>, customer: Customer): Promise<void> {
      const at = { createdAt: now(), updatedAt: now() };
      const found = { phoneHash: hashOf(customer.phone), draftId: idOf(customer.token) };
      await database
        .insert(cases)
        .values({ id, ...owner, sealed: sealed(id, customer), ...found, state: 'open', ...at });
    },

    /** A case by the hand-over that leads to it. */
    async byId(id: string): Promise<Case | undefined> {
      const [row] = await database.select().from(cases).where(eq(cases.id, id));
      return row && opened(row);
    },

    async find(id: string, shop: string): Promise<Case | undefined> {
      if (!isUuid(id)) return undefined;
      const [row] = await database
        .select()
        .from(cases)
        .where(and(eq(cases.id, id), eq(cases.shop, shop)));
      return row && opened(row);
    },

    /** Open cases of a shop, the latest first, without those that cannot be decrypted. */
    async open(shop: string): Promise<Case[]> {
      const rows = await database
        .select()
        .from(cases)
        .where(and(eq(cases.shop, shop), eq(cases.state, 'open')))
        .orderBy(desc(cases.updatedAt))
        .limit(MOST_OPEN);
      return rows.map(opened).filter((found) => found !== undefined);
    },

    /** The open case of a phone in a shop. */
    async openOf(phone: string, shop: string): Promise<Case | undefined> {
      const isIt = and(eq(cases.phoneHash, hashOf(phone)), eq(cases.shop, shop), eq(cases.state, 'open'));
      const [row] = await database.select().from(cases).where(isIt).orderBy(desc(cases.updatedAt)).limit(1);
      return row && opened(row);
    },

    /** Keeps what the list shows up to date. */
    async relabel({ id }: Pick<Case, 'id'>, customer: Customer): Promise<void> {
      const change = { sealed: sealed(id, customer), phoneHash: hashOf(customer.phone), updatedAt: now() };
      await database.update(cases).set(change).where(eq(cases.id, id));
    },

    /** Cases of a shop, closed ones too, whose submission waits for a person or is being found out, the oldest first. */
    async unsettled(shop: string): Promise<(Case & { submissionId: string })[]> {
      const isOpen = inArray(submissions.state, ['parked', 'ambiguous', 'reconciling']);
      const rows = await database
        .select({ case: cases, submissionId: submissions.id })
        .from(cases)
        .innerJoin(submissions, eq(submissions.draftId, cases.draftId))
        .where(and(eq(cases.shop, shop), isOpen))
        .orderBy(asc(submissions.updatedAt))
        .limit(MOST_OPEN);
      return rows.flatMap((row) => {
        const found = opened(row.case);
        return found ? [{ ...found, submissionId: row.submissionId }] : [];
      });
    },

    /** Puts a case back on the list. */
    async reopen({ id }: Pick<Case, 'id'>): Promise<void> {
      await database.update(cases).set({ state: 'open', updatedAt: now() }).where(eq(cases.id, id));
    },

    async close({ id }: Pick<Case, 'id'>): Promise<void> {
      await database.update(cases).set({ state: 'closed', updatedAt: now() }).where(eq(cases.id, id));
    },
  };
}

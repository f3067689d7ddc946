import { and, desc, eq } from 'drizzle-orm';
import { keyedHash } from '../security/keyed-hash.ts';
import { type DataKey, seal, unseal } from '../security/sealed.ts';
import type { Database } from './database.ts';
import { cases } from './schema.ts';

/** What a case keeps of its customer: the way to the draft, and what the list shows. */
export type Customer = { token: string; phone: string; name: string; lang: 'en' | 'es' };
export type Case = { id: string; shop: string; agent: string; isOpen: boolean; updatedAt: Date; customer: Customer };

/** More open cases than a shop has, and few enough to be unsealed for a search. */
const MOST_OPEN = 300;

const label = (id: string) => `case:${id}`;

export type Cases = ReturnType<typeof caseStore>;

/** Cases, always asked for within one shop: what belongs to another is not found, like what does not exist. */
export function caseStore(database: Database, keys: readonly DataKey[], now: () => Date) {
  const sealed = (id: string, customer: Customer) => seal(JSON.stringify(customer), label(id), keys);
  const hashOf = (phone: string) => keyedHash(phone, 'case', keys);
  const opened = ({ id, shop, agent, state, sealed: text, updatedAt }: typeof cases.$inferSelect): Case => ({
    ...{ id, shop, agent, isOpen: state === 'open', updatedAt },
    customer: JSON.parse(unseal(text, label(id), keys)) as Customer,
  });

  return {
    async create(owner: { shop: string; agent: string }, customer: Customer): Promise<string> {
      const id = crypto.randomUUID();
      const at = { createdAt: now(), updatedAt: now() };
      const phoneHash = hashOf(customer.phone);
      await database
        .insert(cases)
        .values({ id, ...owner, sealed: sealed(id, customer), phoneHash, state: 'open', ...at });
      return id;
    },

    /** A case by the hand-over that leads to it. */
    async byId(id: string): Promise<Case | undefined> {
      const [row] = await database.select().from(cases).where(eq(cases.id, id));
      return row && opened(row);
    },

    async find(id: string, shop: string): Promise<Case | undefined> {
      if (!/^[0-9a-f-]{36}$/.test(id)) return undefined;
      const [row] = await database
        .select()
        .from(cases)
        .where(and(eq(cases.id, id), eq(cases.shop, shop)));
      return row && opened(row);
    },

    /** Open cases of a shop, the latest first. */
    async open(shop: string): Promise<Case[]> {
      const rows = await database
        .select()
        .from(cases)
        .where(and(eq(cases.shop, shop), eq(cases.state, 'open')))
        .orderBy(desc(cases.updatedAt))
        .limit(MOST_OPEN);
      return rows.map(opened);
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

    async close({ id }: Pick<Case, 'id'>): Promise<void> {
      await database.update(cases).set({ state: 'closed', updatedAt: now() }).where(eq(cases.id, id));
    },
  };
}

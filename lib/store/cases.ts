import { and, asc, desc, eq, inArray } from 'drizzle-orm';
import type { Keys } from '../crypto/encryption.ts';
import { computeKeyedHash } from '../crypto/keyed-hash.ts';
import { isUuid } from '../domain/text/ids.ts';
import type { Locale } from '../i18n/routing.ts';
import type { Database } from './database.ts';
import { decryptJson, encryptValue } from './encrypted-values.ts';
import type { RepositoryContext } from './repository-context.ts';
import { cases, submissions } from './schema.ts';
import { hashToken } from './token.ts';

/** A case's data of its customer: the draft's token, and the columns of the list. */
export type Customer = { token: string; phone: string; name: string; lang: Locale };
export type Case = {
  id: string;
  shop: string;
  agent: string;
  isOpen: boolean;
  updatedAt: Date;
  /** The draft's id, by which the ledger finds its submission. */
  draftId: string | undefined;
  customer: Customer;
};

type UnresolvedCase = Case & { submissionId: string };

/** More open cases than a shop has, and few enough to decrypt for a search. */
const MAX_OPEN_CASES = 300;

export type CaseRepository = ReturnType<typeof createCaseRepository>;

/** Creates the repository of cases. Queries name the shop, so another shop's case is not found. */
export function createCaseRepository(database: Database, keys: Keys, now: () => Date) {
  const context = { database, keys, now };
  return { ...createCaseQueries(context), ...createCaseChanges(context) };
}

const encryptCustomer = (id: string, customer: Customer, keys: Keys) =>
  encryptValue('case', id, JSON.stringify(customer), keys);

const hashPhone = (phone: string, keys: Keys) => computeKeyedHash(phone, 'case', keys);

function decryptCase(row: typeof cases.$inferSelect, keys: Keys): Case | undefined {
  const { id, shop, agent, state, draftId, updatedAt } = row;
  const customer = decryptJson<Customer>('case', id, row.sealed, keys);
  return customer && { id, shop, agent, isOpen: state === 'open', draftId: draftId ?? undefined, updatedAt, customer };
}

function createCaseQueries({ database, keys }: RepositoryContext) {
  return {
    /** Finds a case by id, in any shop, for a hand-over. */
    async findById(id: string): Promise<Case | undefined> {
      const [row] = await database.select().from(cases).where(eq(cases.id, id));
      return row && decryptCase(row, keys);
    },

    async find(id: string, shop: string): Promise<Case | undefined> {
      if (!isUuid(id)) return undefined;
      const [row] = await database
        .select()
        .from(cases)
        .where(and(eq(cases.id, id), eq(cases.shop, shop)));
      return row && decryptCase(row, keys);
    },

    /** Lists a shop's open cases, the latest first, without those that cannot be decrypted. */
    async listOpen(shop: string): Promise<Case[]> {
      const rows = await database
        .select()
        .from(cases)
        .where(and(eq(cases.shop, shop), eq(cases.state, 'open')))
        .orderBy(desc(cases.updatedAt))
        .limit(MAX_OPEN_CASES);
      return rows.map((row) => decryptCase(row, keys)).filter((openCase) => openCase !== undefined);
    },

    /** Finds the open case of a phone in a shop. */
    async findOpenByPhone(phone: string, shop: string): Promise<Case | undefined> {
      const isMatch = and(eq(cases.phoneHash, hashPhone(phone, keys)), eq(cases.shop, shop), eq(cases.state, 'open'));
      const [row] = await database.select().from(cases).where(isMatch).orderBy(desc(cases.updatedAt)).limit(1);
      return row && decryptCase(row, keys);
    },

    /** Lists a shop's cases, closed ones too, whose submission needs review or is being reconciled, the oldest first. */
    listUnresolved: (shop: string) => listUnresolvedCases(database, keys, shop),
  };
}

async function listUnresolvedCases(database: Database, keys: Keys, shop: string): Promise<UnresolvedCase[]> {
  const isOpen = inArray(submissions.state, ['parked', 'ambiguous', 'reconciling']);
  const rows = await database
    .select({ case: cases, submissionId: submissions.id })
    .from(cases)
    .innerJoin(submissions, eq(submissions.draftId, cases.draftId))
    .where(and(eq(cases.shop, shop), isOpen))
    .orderBy(asc(submissions.updatedAt))
    .limit(MAX_OPEN_CASES);
  return rows.flatMap((row) => {
    const match = decryptCase(row.case, keys);
    return match ? [{ ...match, submissionId: row.submissionId }] : [];
  });
}

function createCaseChanges({ database, keys, now }: RepositoryContext) {
  return {
    async create({ id, ...owner }: Pick<Case, 'id' | 'shop' | 'agent'>, customer: Customer): Promise<void> {
      const timestamps = { createdAt: now(), updatedAt: now() };
      const lookupColumns = { phoneHash: hashPhone(customer.phone, keys), draftId: hashToken(customer.token) };
      await database.insert(cases).values({
        id,
        ...owner,
        sealed: encryptCustomer(id, customer, keys),
        ...lookupColumns,
        state: 'open',
        ...timestamps,
      });
    },

    /** Updates the customer's columns of the list. */
    async updateCustomer({ id }: Pick<Case, 'id'>, customer: Customer): Promise<void> {
      const columns = {
        sealed: encryptCustomer(id, customer, keys),
        phoneHash: hashPhone(customer.phone, keys),
        updatedAt: now(),
      };
      await database.update(cases).set(columns).where(eq(cases.id, id));
    },

    /** Opens a closed case again. */
    async reopen({ id }: Pick<Case, 'id'>): Promise<void> {
      await database.update(cases).set({ state: 'open', updatedAt: now() }).where(eq(cases.id, id));
    },

    async close({ id }: Pick<Case, 'id'>): Promise<void> {
      await database.update(cases).set({ state: 'closed', updatedAt: now() }).where(eq(cases.id, id));
    },
  };
}

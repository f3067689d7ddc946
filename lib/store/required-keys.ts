import { and, desc, eq, isNotNull, notInArray, sql } from 'drizzle-orm';
import { ConfigurationError } from '../config/configuration-error.ts';
import { createKeys, type DataKey, type Keys } from '../crypto/encryption.ts';
import { computeKeyedHash } from '../crypto/keyed-hash.ts';
import type { SessionLinkRequest } from '../domain/session-link-request.ts';
import type { Customer } from './cases.ts';
import type { Database } from './database.ts';
import { runTransaction } from './database-session.ts';
import { decryptJson } from './encrypted-values.ts';
import { countRowsByKey, type KeyUse } from './reencrypt.ts';
import { cases, requiredKeys, submissions } from './schema.ts';

/** There is one hash key. Its id in the environment does not count: it may be the data key's with the same bytes. */
const HASH_KEY_ID = 'hash';
/** Counting reads whole tables, which takes longer than a statement of a request may. */
const COUNT_TIMEOUT_MS = 300_000;
/** The longest wait for one's turn, in milliseconds: a start must end. */
const LOCK_TIMEOUT_MS = 10_000;
/** Newest rows that show which key has made their hashes. Older ones may be from before an earlier rotation. */
const PROOF_ROWS = 50;

const WRONG_HASH_KEY = 'HASH_KEY (it is not the key that made the hashes of this database)';
const formatMissingKey = (id: string) => `DATA_KEY (rows are encrypted with the key "${id}", which is missing)`;
const formatWrongKey = (id: string) =>
  `DATA_KEY (the key "${id}" is not the one that this database was encrypted with)`;

/** Tells keys apart and reveals nothing about them. */
const getFingerprint = (key: DataKey) => computeKeyedHash('required key', 'fingerprint', createKeys([key]));

function assertNoProblems(problems: readonly string[]): void {
  if (problems.length > 0) throw new ConfigurationError(problems.join(', '));
}

type RequiredKey = typeof requiredKeys.$inferSelect;

const findMissingKeys = (required: readonly RequiredKey[], { data }: Keys) =>
  required.filter(({ purpose, id }) => purpose === 'data' && !data.some((key) => key.id === id));

/** Keys that are configured with other bytes than the database was written with. */
function findWrongKeys(required: readonly RequiredKey[], { data, hash }: Keys): string[] {
  return required.flatMap(({ purpose, id, fingerprint }) => {
    const key = purpose === 'hash' ? hash : data.find((candidate) => candidate.id === id);
    if (!key || getFingerprint(key) === fingerprint) return [];
    return [purpose === 'hash' ? WRONG_HASH_KEY : formatWrongKey(id)];
  });
}

/** Whether the newest rows that hold both a phone and its hash were hashed with another key. */
async function isHashKeyWrong(database: Database, keys: Keys): Promise<boolean> {
  const recentSubmissions = await database
    .select({ id: submissions.id, value: sql<string>`${submissions.sealedPayload}`, hash: submissions.phoneHash })
    .from(submissions)
    .where(and(isNotNull(submissions.sealedPayload), isNotNull(submissions.phoneHash)))
    .orderBy(desc(submissions.updatedAt))
    .limit(PROOF_ROWS);
  const recentCases = await database.select().from(cases).orderBy(desc(cases.updatedAt)).limit(PROOF_ROWS);
  const proofs = [
    ...recentSubmissions.flatMap(({ id, value, hash }) => {
      const request = decryptJson<SessionLinkRequest>('payload', id, value, keys);
      return request ? [computeKeyedHash(request.phoneNumber, 'phone', keys) === hash] : [];
    }),
    ...recentCases.flatMap(({ id, sealed, phoneHash }) => {
      const customer = decryptJson<Customer>('case', id, sealed, keys);
      return customer ? [computeKeyedHash(customer.phone, 'case', keys) === phoneHash] : [];
    }),
  ];
  return proofs.length > 0 && !proofs.includes(true);
}

/** The ids of the keys that the rows need. @throws when one of them, or the key of the hashes, is not configured */
async function findNeededIds(database: Database, keys: Keys): Promise<string[]> {
  const neededIds = [...new Set((await countRowsByKey(database)).map(({ keyId }) => keyId))];
  assertNoProblems(neededIds.filter((id) => !keys.data.some((key) => key.id === id)).map(formatMissingKey));
  assertNoProblems((await isHashKeyWrong(database, keys)) ? [WRONG_HASH_KEY] : []);
  return neededIds;
}

export type RequiredKeyRegistry = ReturnType<typeof createRequiredKeyRegistry>;

/**
 * The keys that rows of the database need. A server without one of them would fail at pages, miss a person's rows and
 * submit an application a second time, so it must not start.
 */
export function createRequiredKeyRegistry(database: Database, keys: Keys, now: () => Date) {
  const toRow = (purpose: 'data' | 'hash', id: string, key: DataKey) => ({
    ...{ purpose, id, fingerprint: getFingerprint(key), createdAt: now() },
  });
  /** The active key will have rows in a moment; a key that is only configured has none that need it. */
  const activeRows = [toRow('data', keys.data[0].id, keys.data[0]), toRow('hash', HASH_KEY_ID, keys.hash)];

  /** Servers that start at once take turns: none of them must register a key that another one lacks. */
  function withTableLock<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
    return runTransaction(database, COUNT_TIMEOUT_MS, async (transaction) => {
      await transaction.execute(sql.raw(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`));
      await transaction.execute(sql`lock table ${requiredKeys} in exclusive mode`);
      return work(transaction);
    });
  }

  async function register(transaction: Database, rows: (typeof activeRows)[number][]): Promise<void> {
    await transaction.insert(requiredKeys).values(rows).onConflictDoNothing();
  }

  return {
    /**
     * Compares the configured keys with the registered ones and registers the active ones. On a database from before there
     * were any, it looks at its rows once.
     *
     * @throws with the variable's name and the key's id when rows would become unreadable or hashes would not match
     */
    check: () =>
      withTableLock(async (transaction) => {
        const required = await transaction.select().from(requiredKeys);
        const neededIds = required.length === 0 ? await findNeededIds(transaction, keys) : [];
        assertNoProblems([
          ...findMissingKeys(required, keys).map(({ id }) => formatMissingKey(id)),
          ...findWrongKeys(required, keys),
        ]);
        const oldKeyRows = keys.data
          .filter(({ id }) => neededIds.includes(id))
          .map((key) => toRow('data', key.id, key));
        await register(transaction, [...activeRows, ...oldKeyRows]);
      }),

    /** Registers the active keys again: an operator may have released a key that this server still encrypts with. */
    registerActive: () => register(database, activeRows),

    /** @throws when a key has other bytes than the registered one: rows must not be encrypted with it */
    async checkConfigured(): Promise<void> {
      assertNoProblems(findWrongKeys(await database.select().from(requiredKeys), keys));
      await register(database, activeRows);
    },

    /** How many rows of each kind need each key. */
    count: () => withTableLock(countRowsByKey),

    /** Releases the keys that no row needs any more. @returns what still needs another key than the active one */
    releaseUnused: () =>
      withTableLock(async (transaction): Promise<KeyUse[]> => {
        const uses = (await countRowsByKey(transaction)).filter(({ keyId }) => keyId !== keys.data[0].id);
        const requiredIds = [keys.data[0].id, ...uses.map(({ keyId }) => keyId)];
        const isUnused = and(eq(requiredKeys.purpose, 'data'), notInArray(requiredKeys.id, requiredIds));
        await transaction.delete(requiredKeys).where(isUnused);
        return uses;
      }),

    /** Gives up a key that is lost for good, and with it the rows that need it. @returns whether it was registered */
    async deleteLostKey(id: string): Promise<boolean> {
      const isMatch = and(eq(requiredKeys.purpose, 'data'), eq(requiredKeys.id, id));
      return (await database.delete(requiredKeys).where(isMatch).returning()).length > 0;
    },
  };
}

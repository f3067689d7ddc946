import { and, desc, eq, isNotNull, notInArray, sql } from 'drizzle-orm';
import { ConfigurationError } from '../config/configuration-error.ts';
import { createKeys, type DataKey, type Keys } from '../crypto/encryption.ts';
import { computeKeyedHash } from '../crypto/keyed-hash.ts';
import type { SessionLinkRequest } from '../domain/session-link-request.ts';
import type { Customer } from './cases.ts';
import type { Database } from './database.ts';
import { withStatementLimit } from './database-session.ts';
import { decryptJson } from './encrypted-values.ts';
import { countRowsByKey, type KeyUse } from './reencrypt.ts';
import type { RepositoryContext } from './repository-context.ts';
import { cases, requiredKeys, submissions } from './schema.ts';

/** The fixed id of the only hash key. Its id in the environment may equal the data key's. */
const HASH_KEY_ID = 'hash';
/** The timeout of counting, in milliseconds: it reads whole tables. */
const COUNT_TIMEOUT_MS = 300_000;
/** The longest wait for the lock, in milliseconds, so that a start ends. */
const LOCK_TIMEOUT_MS = 10_000;
/** The time for the server's answer after that wait, in milliseconds. */
const ANSWER_MS = 2_000;
/** The number of newest rows to check. Older rows may be from before an earlier rotation. */
const PROOF_ROWS = 50;

const WRONG_HASH_KEY = 'HASH_KEY (it is not the key that made the hashes of this database)';
const formatMissingKey = (id: string) => `DATA_KEY (rows are encrypted with the key "${id}", which is missing)`;
const formatWrongKey = (id: string) =>
  `DATA_KEY (the key "${id}" is not the one that this database was encrypted with)`;

/** Returns a fingerprint that identifies a key and does not reveal it. */
const getFingerprint = (key: DataKey) => computeKeyedHash('required key', 'fingerprint', createKeys([key]));

function assertNoProblems(problems: readonly string[]): void {
  if (problems.length > 0) throw new ConfigurationError(problems.join(', '));
}

type RequiredKey = typeof requiredKeys.$inferSelect;

const findMissingKeys = (required: readonly RequiredKey[], { data }: Keys) =>
  required.filter(({ purpose, id }) => purpose === 'data' && !data.some((key) => key.id === id));

/** Finds configured keys whose bytes differ from the registered ones. */
function findWrongKeys(required: readonly RequiredKey[], { data, hash }: Keys): string[] {
  return required.flatMap(({ purpose, id, fingerprint }) => {
    const key = purpose === 'hash' ? hash : data.find((candidate) => candidate.id === id);
    if (!key || getFingerprint(key) === fingerprint) return [];
    return [purpose === 'hash' ? WRONG_HASH_KEY : formatWrongKey(id)];
  });
}

/** Returns whether the newest rows with a phone and its hash were hashed with another key. */
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

/** Returns the ids of the data keys of all rows. @throws when one of them, or the hash key, is not configured */
async function findNeededIds(database: Database, keys: Keys): Promise<string[]> {
  const neededIds = [...new Set((await countRowsByKey(database)).map(({ keyId }) => keyId))];
  assertNoProblems(neededIds.filter((id) => !keys.data.some((key) => key.id === id)).map(formatMissingKey));
  assertNoProblems((await isHashKeyWrong(database, keys)) ? [WRONG_HASH_KEY] : []);
  return neededIds;
}

export type RequiredKeyRegistry = ReturnType<typeof createRequiredKeyRegistry>;

type KeyRow = typeof requiredKeys.$inferInsert;

/**
 * Creates the registry of keys that rows need. A server without one of them must not start: pages would fail, and it would
 * miss a person's rows and submit an application twice.
 */
export function createRequiredKeyRegistry(database: Database, keys: Keys, now: () => Date) {
  const context = { database, keys, now };
  /** The active keys, which will have rows soon. Keys that are only configured need no registration. */
  const activeRows = [
    buildRow('data', keys.data[0].id, keys.data[0], now),
    buildRow('hash', HASH_KEY_ID, keys.hash, now),
  ];

  return {
    /**
     * Compares the configured keys with the registered ones and registers the active ones. In a database without registered
     * keys it checks the rows once.
     *
     * @throws with the variable's name and the key's id when rows would become unreadable or hashes would not match
     */
    check: () => checkAndRegister(context, activeRows),

    /** Registers the active keys again: an operator may have released a key that this server still uses. */
    registerActive: () => register(database, activeRows),

    /** Checks the keys' bytes. @throws when a key differs from the registered one: it must not encrypt rows */
    async checkConfigured(): Promise<void> {
      assertNoProblems(findWrongKeys(await database.select().from(requiredKeys), keys));
      await register(database, activeRows);
    },

    /** Counts the rows of each kind by key, without the lock: servers register their keys meanwhile. */
    count: () => database.transaction(countRows),

    /** Deletes registered keys without rows. @returns the rows that still need another key than the active one */
    releaseUnused: () => releaseUnusedKeys(database, keys.data[0].id),

    /** Deletes a lost key; its rows stay unreadable. @returns whether it was registered */
    async deleteLostKey(id: string): Promise<boolean> {
      const isMatch = and(eq(requiredKeys.purpose, 'data'), eq(requiredKeys.id, id));
      return (await database.delete(requiredKeys).where(isMatch).returning()).length > 0;
    },
  };
}

const buildRow = (purpose: 'data' | 'hash', id: string, key: DataKey, now: () => Date): KeyRow => ({
  purpose,
  id,
  fingerprint: getFingerprint(key),
  createdAt: now(),
});

/** Serializes servers that start at once: none may register a key that another one lacks. */
function withTableLock<Result>(database: Database, work: (database: Database) => Promise<Result>): Promise<Result> {
  return database.transaction(async (transaction) => {
    await transaction.execute(sql.raw(`set local lock_timeout = ${LOCK_TIMEOUT_MS}`));
    await withStatementLimit(transaction, LOCK_TIMEOUT_MS + ANSWER_MS, () =>
      transaction.execute(sql`lock table ${requiredKeys} in exclusive mode`),
    );
    return work(transaction);
  });
}

const countRows = (transaction: Database) => withStatementLimit(transaction, COUNT_TIMEOUT_MS, countRowsByKey);

async function register(database: Database, rows: KeyRow[]): Promise<void> {
  await database.insert(requiredKeys).values(rows).onConflictDoNothing();
}

function checkAndRegister({ database, keys, now }: RepositoryContext, activeRows: readonly KeyRow[]): Promise<void> {
  return withTableLock(database, async (transaction) => {
    const required = await transaction.select().from(requiredKeys);
    const findIds = (limited: Database) => findNeededIds(limited, keys);
    const neededIds = required.length === 0 ? await withStatementLimit(transaction, COUNT_TIMEOUT_MS, findIds) : [];
    assertNoProblems([
      ...findMissingKeys(required, keys).map(({ id }) => formatMissingKey(id)),
      ...findWrongKeys(required, keys),
    ]);
    const oldKeys = keys.data.filter(({ id }) => neededIds.includes(id));
    await register(transaction, [...activeRows, ...oldKeys.map((key) => buildRow('data', key.id, key, now))]);
  });
}

function releaseUnusedKeys(database: Database, activeId: string): Promise<KeyUse[]> {
  return withTableLock(database, async (transaction) => {
    const uses = (await countRows(transaction)).filter(({ keyId }) => keyId !== activeId);
    const isUnused = and(
      eq(requiredKeys.purpose, 'data'),
      notInArray(requiredKeys.id, [activeId, ...uses.map(({ keyId }) => keyId)]),
    );
    await transaction.delete(requiredKeys).where(isUnused);
    return uses;
  });
}

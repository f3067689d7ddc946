import { AsyncLocalStorage } from 'node:async_hooks';
import { DrizzleQueryError, sql } from 'drizzle-orm';
import { NodePgDatabase, NodePgSession } from 'drizzle-orm/node-postgres';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Pool, PoolClient, QueryConfig } from 'pg';
import { type Runtime, systemRuntime } from '../config/runtime.ts';
import { setRequestOutage } from '../http/request-context.ts';
import { retryConflicts } from './retry-conflicts.ts';
import { isOutage, StoreError, toStoreError } from './store-error.ts';

type Tables = Record<string, never>;
export type Database = NodePgDatabase<Tables>;
type Session = NodePgSession<Tables, Tables>;
type Prepare = Session['prepareQuery'];

type SessionOptions = {
  /** Whether statements are kept by name on their connection. A pooler may give the next statement another connection. */
  arePrepared?: boolean;
  /** Hears of the end of each write: why it failed, or undefined. */
  onWrite?: (failure: string | undefined) => void;
  /** Time and chance of repeats. */
  runtime?: Pick<Runtime, 'sleep' | 'random'>;
};

const dialect = new PgDialect();
const queryLimits = new AsyncLocalStorage<number>();

/**
 * A database over a pool. Every statement passes here, prepared or not: its failure says nothing of its text and values, and
 * one that met another transaction (40001, 40P01) is repeated, alone or with the whole transaction that it is in.
 */
export function createPoolDatabase(pool: Pool, options: SessionOptions = {}): Database {
  const { runtime = systemRuntime } = options;
  const session = createSession(pool, options, (statement) => retryConflicts(statement, runtime).catch(handleOutage));
  session.transaction = (work, config) =>
    retryConflicts(async () => {
      const client = await pool.connect().catch((error: unknown) => {
        throw toStoreError(error, 'connect');
      });
      let hasFailed = true;
      try {
        const result = await createSession(client, options, runOnce).transaction(work, config);
        hasFailed = false;
        return result;
      } catch (error) {
        throw error instanceof DrizzleQueryError ? toStoreError(error, 'transaction') : error;
      } finally {
        client.release(hasFailed); // after a failure its connection may be silent, or still in the transaction
      }
    }, runtime).catch(handleOutage);
  return new NodePgDatabase(dialect, session, undefined);
}

/** A request that failed by this has met an outage. What was repeated with success has not. */
function handleOutage(error: unknown): never {
  if (error instanceof StoreError && isOutage(error)) setRequestOutage();
  throw error;
}

/**
 * A transaction whose statements may take longer than those of a request: they read whole tables.
 *
 * @param limitMs of each statement, in milliseconds
 */
export function runTransaction<T>(
  database: Database,
  limitMs: number,
  work: (transaction: Database) => Promise<T>,
): Promise<T> {
  const run = async (transaction: Database) => {
    await transaction.execute(sql.raw(`set local statement_timeout = ${limitMs}`));
    return work(transaction);
  };
  return queryLimits.run(limitMs, () => database.transaction(run));
}

type StatementRunner = <T>(statement: () => Promise<T>) => Promise<T>;
/** Within a transaction: after an error, the server refuses each further statement of it. */
const runOnce: StatementRunner = (statement) => statement();

function createSession(
  client: Pool | PoolClient,
  { arePrepared = true, onWrite = () => {} }: SessionOptions,
  run: StatementRunner,
): Session {
  const session: Session = new NodePgSession(createQueryClient(client, arePrepared), dialect, undefined);
  const prepareQuery = session.prepareQuery.bind(session);
  const buildStatement = (...args: Parameters<Prepare>) => {
    const [, , name, , , metadata] = args;
    const isWrite = metadata !== undefined && metadata.type !== 'select';
    const preparedQuery = prepareQuery(...args);
    const execute = preparedQuery.execute.bind(preparedQuery);
    const runQuery = async (values?: Record<string, unknown>) => {
      try {
        const result = await execute(values);
        if (isWrite) onWrite(undefined);
        return result;
      } catch (error) {
        const failure = toStoreError(error, name ?? metadata?.type ?? 'statement');
        if (isWrite) onWrite(failure.code);
        throw failure;
      }
    };
    preparedQuery.execute = (values) => run(() => runQuery(values));
    return preparedQuery;
  };
  session.prepareQuery = buildStatement as Prepare;
  return session;
}

/** The session asks its client for nothing but queries. */
function createQueryClient(client: Pool | PoolClient, arePrepared: boolean): PoolClient {
  const sendQuery = ({ name, ...config }: QueryConfig, values: unknown[]) => {
    const limited = { ...config, query_timeout: queryLimits.getStore() };
    return client.query(arePrepared ? { name, ...limited } : limited, values);
  };
  return { query: sendQuery } as unknown as PoolClient;
}

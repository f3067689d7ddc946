import { AsyncLocalStorage } from 'node:async_hooks';
import { DrizzleQueryError, sql } from 'drizzle-orm';
import { NodePgDatabase, NodePgSession } from 'drizzle-orm/node-postgres';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Pool, PoolClient, QueryConfig } from 'pg';
import { type Runtime, systemRuntime } from '../config/runtime.ts';
import { setRequestOutage } from '../http/request-context.ts';
import { retryConflicts } from './retry-conflicts.ts';
import { isOutage, isStoreError, toStoreError } from './store-error.ts';

type Tables = Record<string, never>;
export type Database = NodePgDatabase<Tables>;
type Session = NodePgSession<Tables, Tables>;
type Prepare = Session['prepareQuery'];

type SessionOptions = {
  /** Set when connections keep prepared statements. A pooler may give the next statement another connection. */
  arePrepared?: boolean;
  /** Called after each write with the code of its failure, or undefined. */
  onWrite?: (failure: string | undefined) => void;
  /** Sleep and random numbers of retries. */
  runtime?: Pick<Runtime, 'sleep' | 'random'>;
};

const dialect = new PgDialect();
const queryLimits = new AsyncLocalStorage<number>();

/**
 * Creates a database over a pool. Errors of its statements contain neither text nor values. A statement that conflicts with
 * another transaction (40001, 40P01) is retried, alone or with its whole transaction.
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
        client.release(hasFailed); // after a failure the connection may be silent, or still in the transaction
      }
    }, runtime).catch(handleOutage);
  return new NodePgDatabase(dialect, session, undefined);
}

/**
 * Throws the error and marks the request as one that met an outage. Successful retries do not. A request that waits for the statement
 * of another one must be marked by itself.
 */
export function handleOutage(error: unknown): never {
  if (isStoreError(error) && isOutage(error)) setRequestOutage();
  throw error;
}

/**
 * Runs statements of a transaction that read whole tables and may take longer than those of a request. The other statements of the
 * transaction keep their limit, so that a silent database ends it soon.
 *
 * @param limitMs of each statement, in milliseconds
 */
export async function withStatementLimit<T>(
  transaction: Database,
  limitMs: number,
  work: (transaction: Database) => Promise<T>,
): Promise<T> {
  await transaction.execute(sql.raw(`set local statement_timeout = ${limitMs}`));
  // A statement of drizzle's is sent when it is awaited, which must be within `run`.
  const result = await queryLimits.run(limitMs, async () => await work(transaction));
  await transaction.execute(sql.raw('set local statement_timeout to default'));
  return result;
}

type StatementRunner = <T>(statement: () => Promise<T>) => Promise<T>;
/** Runs a statement of a transaction without a retry: after an error the server rejects its further statements. */
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

/** Creates a client that only runs queries, which is all that drizzle's session needs. */
function createQueryClient(client: Pool | PoolClient, arePrepared: boolean): PoolClient {
  const sendQuery = ({ name, ...config }: QueryConfig, values: unknown[]) => {
    const limited = { ...config, query_timeout: queryLimits.getStore() };
    return client.query(arePrepared ? { name, ...limited } : limited, values);
  };
  return { query: sendQuery } as unknown as PoolClient;
}

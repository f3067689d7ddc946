import { DrizzleQueryError } from 'drizzle-orm';
import { NodePgDatabase, NodePgSession } from 'drizzle-orm/node-postgres';
import { PgDialect } from 'drizzle-orm/pg-core';
import type { Pool, PoolClient } from 'pg';
import { toStoreError } from './store-error.ts';

type Tables = Record<string, never>;
type Prepare = NodePgSession<Tables, Tables>['prepareQuery'];

/**
 * A database over a pool or one of its clients, whose failures say nothing of a statement's text and values: every
 * statement of drizzle, prepared or not, is made by the session's `prepareQuery`.
 */
export function openDatabase(client: Pool | PoolClient): NodePgDatabase<Tables> {
  const dialect = new PgDialect();
  const session = new NodePgSession<Tables, Tables>(client, dialect, undefined);
  const prepareQuery = session.prepareQuery.bind(session);
  const prepareSafely = (...args: Parameters<Prepare>) => {
    const [, , name, , , metadata] = args;
    const prepared = prepareQuery(...args);
    const execute = prepared.execute.bind(prepared);
    prepared.execute = (values) =>
      execute(values).catch((error: unknown) => {
        throw toStoreError(error, name ?? metadata?.type ?? 'statement');
      });
    return prepared;
  };
  session.prepareQuery = prepareSafely as Prepare;
  // On a pool, a transaction has a session of its own.
  const transaction = session.transaction.bind(session);
  session.transaction = (work, config) =>
    transaction(work, config).catch((error: unknown) => {
      throw error instanceof DrizzleQueryError ? toStoreError(error, 'transaction') : error;
    });
  return new NodePgDatabase(dialect, session, undefined);
}

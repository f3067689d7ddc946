import { Client, DatabaseError } from 'pg';
import { ConfigurationError } from '../config/configuration-error.ts';

/** How long a connection and each answer of the database may take before the boot or a command gives up. */
const ANSWER_MS = 5_000;

type Options = {
  /** The limit on each answer, in milliseconds. A migration of a large table needs more than a check. */
  answerMs?: number;
};

/**
 * Runs one task on a connection of its own and closes it whatever happens. No wait is without a limit.
 *
 * @param connectionString `DATABASE_URL`
 * @throws what the task throws; what is no answer of the database names the variable and never the URL
 */
export async function withPostgres<T>(
  connectionString: string,
  task: (client: Client) => Promise<T>,
  { answerMs = ANSWER_MS }: Options = {},
): Promise<T> {
  const client = new Client({ connectionString, connectionTimeoutMillis: ANSWER_MS, query_timeout: answerMs });
  client.on('error', () => {}); // a connection that drops fails the query that waits for it
  try {
    await client.connect();
    return await task(client);
  } catch (error) {
    throw isNoAnswer(error) ? new ConfigurationError(`DATABASE_URL (does not answer: ${getReason(error)})`) : error;
  } finally {
    // The server may be gone: its goodbye is not waited for.
    void client.end().catch(() => {});
  }
}

const isNoAnswer = (error: unknown): error is Error & { code?: string } =>
  error instanceof Error &&
  !(error instanceof DatabaseError) &&
  ('code' in error || /timeout|terminated/i.test(error.message));

/** Several addresses that refuse make an `AggregateError` without a message. */
const getReason = ({ message, code }: Error & { code?: string }) => message || code || 'no connection';

import { Client, DatabaseError } from 'pg';
import { ConfigurationError } from '../config/configuration-error.ts';
import { isWritableHostRequired, listHosts } from '../config/postgres-hosts.ts';
import { isWritable } from './postgres-pool.ts';
import { formatProblem } from './store-error.ts';

/** The timeout of a connection and of each answer, in milliseconds, at start-up and in commands. */
const ANSWER_TIMEOUT_MS = 5_000;

type Options = {
  /** The timeout of each answer, in milliseconds. A migration of a large table needs more than a check. */
  answerMs?: number;
};

/**
 * Runs a task on a connection of its own and always closes it. Every wait has a timeout. Of several hosts it uses the first
 * one that accepts writes.
 *
 * @param url `DATABASE_URL`
 * @throws what the task throws; a host that does not answer or refuses names the variable and never the URL
 */
export async function withPostgres<T>(
  url: string,
  task: (client: Client) => Promise<T>,
  { answerMs = ANSWER_TIMEOUT_MS }: Options = {},
): Promise<T> {
  const { client, problem } = await openFirstConnection(listHosts(url), answerMs, isWritableHostRequired(url));
  if (!client) throw new ConfigurationError(`DATABASE_URL (${problem})`);
  try {
    return await task(client);
  } catch (error) {
    throw isNoAnswer(error) ? new ConfigurationError(`DATABASE_URL (${formatFailure(error)})`) : error;
  } finally {
    closeClient(client);
  }
}

type ConnectResult = { client: Client; problem?: undefined } | { client?: undefined; problem: string };

/** Opens the first usable host. @returns the problem of the last host when none is usable */
async function openFirstConnection(hosts: string[], answerMs: number, mustBeWritable: boolean): Promise<ConnectResult> {
  let problem = 'it names no host';
  for (const connectionString of hosts) {
    const client = new Client({
      connectionString,
      connectionTimeoutMillis: ANSWER_TIMEOUT_MS,
      query_timeout: answerMs,
    });
    client.on('error', () => {}); // a dropped connection fails its pending query
    try {
      await client.connect();
      if (!mustBeWritable || (await isWritable(client))) return { client };
      problem = 'it accepts no writes';
    } catch (error) {
      problem = formatFailure(error);
    }
    closeClient(client);
  }
  return { problem };
}

/** Closes a connection without waiting, since the server may not answer. */
const closeClient = (client: Client): void => void client.end().catch(() => {});

const isNoAnswer = (error: unknown): boolean =>
  error instanceof Error &&
  !(error instanceof DatabaseError) &&
  ('code' in error || /timeout|terminated/i.test(error.message));

/** Returns the error's code, since a server's message may quote values. An aggregate of refused addresses has no message. */
function formatFailure(error: unknown): string {
  const { code = '', message } = error as { code?: string; message?: string };
  if (error instanceof DatabaseError) return `refuses: ${formatProblem(code)}`;
  return `does not answer: ${message || code || 'no connection'}`;
}

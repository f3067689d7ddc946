import { Client, DatabaseError } from 'pg';
import { ConfigurationError } from '../config/configuration-error.ts';
import { listHosts, wantsWritableHost } from '../config/postgres-hosts.ts';
import { isWritable } from './postgres-pool.ts';

/** How long a connection and each answer of the database may take before the boot or a command gives up. */
const ANSWER_MS = 5_000;

/** What an operator has to correct, by SQLSTATE (PostgreSQL manual, appendix A). */
const REFUSALS: Readonly<Record<string, string>> = {
  '28000': 'its role, or where it connects from, is not allowed',
  '28P01': 'its password is wrong',
  '3D000': 'its database does not exist',
  '42501': 'its role lacks a right',
  '53300': 'it has too many connections',
  '57P03': 'it is starting, stopping or recovering',
  '08P01': 'a pooler does not accept what is asked of it',
};

type Options = {
  /** The limit on each answer, in milliseconds. A migration of a large table needs more than a check. */
  answerMs?: number;
};

/**
 * Runs one task on a connection of its own and closes it whatever happens. No wait is without a limit. Of several hosts it
 * takes the first one that accepts writes.
 *
 * @param url `DATABASE_URL`
 * @throws what the task throws; a host that does not answer or refuses names the variable and never the URL
 */
export async function withPostgres<T>(
  url: string,
  task: (client: Client) => Promise<T>,
  { answerMs = ANSWER_MS }: Options = {},
): Promise<T> {
  const { client, problem } = await connectToOneOf(listHosts(url), answerMs, wantsWritableHost(url));
  if (!client) throw new ConfigurationError(`DATABASE_URL (${problem})`);
  try {
    return await task(client);
  } catch (error) {
    throw isNoAnswer(error) ? new ConfigurationError(`DATABASE_URL (${describeProblem(error)})`) : error;
  } finally {
    disconnect(client);
  }
}

type Connected = { client: Client; problem?: undefined } | { client?: undefined; problem: string };

/** @returns the problem of the last host when there is none that can be used */
async function connectToOneOf(hosts: string[], answerMs: number, mustBeWritable: boolean): Promise<Connected> {
  let problem = 'it names no host';
  for (const connectionString of hosts) {
    const client = new Client({ connectionString, connectionTimeoutMillis: ANSWER_MS, query_timeout: answerMs });
    client.on('error', () => {}); // a connection that drops fails the query that waits for it
    try {
      await client.connect();
      if (!mustBeWritable || (await isWritable(client))) return { client };
      problem = 'it accepts no writes';
    } catch (error) {
      problem = describeProblem(error);
    }
    disconnect(client);
  }
  return { problem };
}

/** The server may be gone: its goodbye is not waited for. */
const disconnect = (client: Client): void => void client.end().catch(() => {});

const isNoAnswer = (error: unknown): boolean =>
  error instanceof Error &&
  !(error instanceof DatabaseError) &&
  ('code' in error || /timeout|terminated/i.test(error.message));

/** A server's own words may quote what was sent, so its code is told. Several addresses that refuse make an error without words. */
function describeProblem(error: unknown): string {
  const { code = '', message } = error as { code?: string; message?: string };
  if (error instanceof DatabaseError) return `refuses: ${[REFUSALS[code], code].filter(Boolean).join(', ')}`;
  return `does not answer: ${message || code || 'no connection'}`;
}

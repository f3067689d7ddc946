import { Client, type ClientBase, type ClientConfig, Pool, type PoolConfig } from 'pg';
import { isWritableHostRequired, listHosts } from '../config/postgres-hosts.ts';

export type PostgresSettings = {
  /** The largest number of connections. */
  poolSize: number;
  /** The timeout for a connection from the pool, or for TCP, TLS and authentication, in milliseconds. */
  connectMs: number;
  /** The timeout of each statement, in milliseconds. */
  queryMs: number;
  /** True when connections keep prepared statements; false for a pooler that does not. */
  arePrepared: boolean;
};

/** The idle time before a TCP probe, in milliseconds: a firewall in between forgets silent connections. */
const KEEP_ALIVE_MS = 10_000;
/** Connections are replaced after this time, so that a changed DNS record takes effect. */
const LIFETIME_SECONDS = 600;

/**
 * Creates a pool of connections to the host that accepts writes. The client enforces the timeouts, because a silent server
 * enforces none. A statement without an answer in time ends its connection: a later query could read its answer.
 */
export function createPostgresPool(
  url: string,
  { poolSize, connectMs, queryMs }: Omit<PostgresSettings, 'arePrepared'>,
): Pool {
  const config: PoolConfig = {
    Client: createClientClass(listHosts(url)),
    max: poolSize,
    connectionTimeoutMillis: connectMs,
    query_timeout: queryMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_MS,
    maxLifetimeSeconds: LIFETIME_SECONDS,
    ...(isWritableHostRequired(url) && { onConnect: requireWritable }),
  };
  const pool = new Pool(config);
  pool.on('error', () => {}); // a dropped idle connection is replaced; the next query reports the error
  return pool;
}

type Connect = (done: (error: Error | null, client?: Client) => void) => void;

/** Creates a client that uses one host until it fails or is read-only, and then the next host. */
function createClientClass(hosts: readonly string[]) {
  let current = 0;
  return class HostClient extends Client {
    readonly #index = current;

    constructor(config?: ClientConfig) {
      super({ ...config, connectionString: hosts[current] });
      // During a transaction the pool has no listener on the client, and Node ends the process on an unhandled `error` event.
      this.on('error', () => {});
      const connect = this.connect.bind(this) as Connect;
      const handleConnect: Connect = (done) =>
        connect((error, client) => {
          if (error) this.selectNextHost();
          done(error, client);
        });
      this.connect = handleConnect as Client['connect'];
    }

    selectNextHost(): void {
      if (current === this.#index) current = (current + 1) % hosts.length;
    }
  };
}

type HostClient = InstanceType<ReturnType<typeof createClientClass>>;

async function requireWritable(client: ClientBase): Promise<void> {
  if (await isWritable(client)) return;
  (client as HostClient).selectNextHost();
  throw new Error('The host accepts no writes', { cause: { code: '25006' } });
}

/** Returns `off` when the session may write: the server is no standby and the database is not read-only. */
export const READ_ONLY_QUERY = `select current_setting('transaction_read_only') as "isReadOnly"`;
export type ReadOnlyRow = { isReadOnly: string };

/** Returns whether a session may write. */
export async function isWritable(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<ReadOnlyRow>(READ_ONLY_QUERY);
  return rows[0]?.isReadOnly === 'off';
}

export const countConnections = ({ totalCount, idleCount, waitingCount }: Pool): ReadonlyMap<string, number> =>
  new Map([
    ['in_use', totalCount - idleCount],
    ['idle', idleCount],
    ['waiting', waitingCount],
  ]);

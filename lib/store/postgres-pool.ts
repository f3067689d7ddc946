import { Client, type ClientBase, type ClientConfig, Pool, type PoolConfig } from 'pg';
import { isWritableHostRequired, listHosts } from '../config/postgres-hosts.ts';

export type PostgresSettings = {
  /** Connections at once. */
  poolSize: number;
  /** Milliseconds to get a connection: from the pool, or by TCP, TLS and the password. */
  connectMs: number;
  /** Milliseconds for each statement. */
  queryMs: number;
  /** Whether statements are kept by name on their connection; `false` for a pooler that does not keep them. */
  arePrepared: boolean;
};

/** A connection that has been idle so long is probed by TCP: a firewall between would forget it. */
const KEEP_ALIVE_MS = 10_000;
/** Connections are replaced after this time, so that a new address of the server's name is found. */
const LIFETIME_SECONDS = 600;

/**
 * A pool of connections to the host that accepts writes. The limits are this side's own: a server that went silent keeps
 * none. A statement that is not answered in time ends its connection, since its answer could be taken for another one's.
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
  pool.on('error', () => {}); // an idle connection that drops is replaced; the next query says what is wrong
  return pool;
}

type Connect = (done: (error: Error | null, client?: Client) => void) => void;

/** Connects to one of the hosts until that fails or the host turns out to be read-only, and then to the next one. */
function createClientClass(hosts: readonly string[]) {
  let current = 0;
  return class HostClient extends Client {
    readonly #index = current;

    constructor(config?: ClientConfig) {
      super({ ...config, connectionString: hosts[current] });
      // While a transaction has the client, the pool does not listen, and an event without a listener ends the process.
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

/** Asks whether a session may write (`off`): it is on no standby, and nobody made the database read-only. */
export const READ_ONLY_QUERY = `select current_setting('transaction_read_only') as "isReadOnly"`;
export type ReadOnlyRow = { isReadOnly: string };

/** Whether a session may write. */
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

import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { killAll } from '../support/postgres.ts';
import { findFreePort } from '../support/processes.ts';
import { startTestProxy, type TestProxy } from '../support/test-proxy.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { findPostgresFolder } from './programs.ts';

/** Seconds until a silent leader has lost its place, and between two rounds: the shortest that a busy machine keeps. */
const TIMES = { ttl: 10, loop_wait: 1, retry_timeout: 3 };

type Options = {
  name: string;
  /** The folder of the whole cluster. */
  folder: string;
  etcd: string;
  owner: string;
  isSynchronous: boolean;
};

/** One Postgres with its Patroni. */
export type PatroniNode = {
  name: string;
  port: number;
  restPort: number;
  /** The network by which the other nodes replicate from this one. */
  network: TestProxy;
  start: () => void;
  /** SIGKILL for all processes of Postgres; Patroni goes on. */
  killPostgres: () => void;
  /** SIGKILL for Patroni and Postgres. */
  kill: () => Promise<void>;
};

export async function createNode({ name, folder, etcd, owner, isSynchronous }: Options): Promise<PatroniNode> {
  const nodeFolder = join(folder, name);
  const data = join(nodeFolder, 'data');
  mkdirSync(nodeFolder);
  const [port, restPort] = [await findFreePort(), await findFreePort()];
  const network = await startTestProxy(`postgres://${owner}@127.0.0.1:${port}/postgres`);
  const config = {
    scope: 'front-door',
    name,
    restapi: { listen: `127.0.0.1:${restPort}`, connect_address: `127.0.0.1:${restPort}` },
    etcd3: { host: etcd },
    bootstrap: {
      dcs: {
        ...TIMES,
        synchronous_mode: isSynchronous,
        maximum_lag_on_failover: 1_073_741_824,
        // A primary that crashed is not started again where it is as long as another node can take over.
        primary_start_timeout: 0,
        postgresql: {
          use_pg_rewind: true,
          use_slots: true,
          parameters: { wal_log_hints: 'on', wal_keep_size: '512MB', max_connections: 100, shared_buffers: '32MB' },
        },
      },
      initdb: [{ encoding: 'UTF8' }, { locale: 'C' }, { auth: 'trust' }],
    },
    postgresql: {
      listen: `127.0.0.1:${port}`,
      connect_address: `127.0.0.1:${network.port}`,
      data_dir: data,
      bin_dir: findPostgresFolder(),
      pgpass: join(nodeFolder, 'pgpass'),
      authentication: { superuser: { username: owner }, replication: { username: 'replicator' } },
      parameters: { unix_socket_directories: nodeFolder },
      pg_hba: ['local all all trust', 'host all all 127.0.0.1/32 trust', 'host replication all 127.0.0.1/32 trust'],
      remove_data_directory_on_rewind_failure: true,
      remove_data_directory_on_diverged_timelines: true,
    },
  };
  const file = join(nodeFolder, 'patroni.yaml');
  writeFileSync(file, stringify(config));

  let patroni: Daemon;
  const killPostgres = () => {
    const lock = join(data, 'postmaster.pid');
    if (existsSync(lock)) killAll(Number.parseInt(readFileSync(lock, 'utf8'), 10));
  };
  return {
    name,
    port,
    restPort,
    network,
    killPostgres,
    start: () => {
      patroni = startDaemon(nodeFolder, 'patroni', [file]);
    },
    kill: async () => {
      await patroni.kill();
      killPostgres();
    },
  };
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAppRole, migrate, queryPostgres } from '../support/postgres.ts';
import { findFreePort } from '../support/processes.ts';
import { waitUntil } from '../support/run-helpers.ts';
import type { PostgresDatabase } from '../support/test-environment.ts';
import { chownToUnprivileged } from '../support/unprivileged.ts';
import { type Daemon, startDaemon } from './daemon.ts';
import { createNode, type PatroniNode } from './patroni-node.ts';

const OWNER = 'front_door';
const NODES = ['one', 'two'];
/** A busy machine makes a base backup and a rewind slow. */
const MAX_WAIT_MS = 120_000;

const HAS_STANDBY_SQL = `select 1 from pg_stat_replication where state = 'streaming'`;
const IS_WRITABLE_SQL = `select 1 where current_setting('transaction_read_only') = 'off'`;

const buildUrl = (port: number, role = OWNER) => `postgres://${role}@127.0.0.1:${port}/postgres`;
const findRow = async (url: string, sql: string) => (await queryPostgres(url, sql).catch(() => []))[0];

export type Cluster = PostgresDatabase & {
  /** Waits until there is a primary with a standby that follows it, synchronously if the cluster is. */
  waitForStandby: () => Promise<void>;
  /** The node that is the primary now. */
  findPrimary: () => Promise<PatroniNode>;
  /** Waits until another node than this one is the primary, and haproxy connects to it. */
  waitForTakeover: (previousPrimary: PatroniNode) => Promise<void>;
};

/** Postgres with a standby under Patroni, etcd for its votes, and haproxy, which connects to the primary. */
export async function startCluster({ isSynchronous }: { isSynchronous: boolean }): Promise<Cluster> {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-cluster-'));
  chownToUnprivileged(folder);
  const daemons: Daemon[] = [];
  const etcd = await startEtcd(join(folder, 'etcd'), daemons);
  const nodes: PatroniNode[] = [];
  for (const name of NODES) nodes.push(await createNode({ name, folder, etcd, owner: OWNER, isSynchronous }));
  const port = await startHaproxy(join(folder, 'haproxy'), nodes, daemons);
  for (const node of nodes) node.start();

  const findPrimary = () => waitFor('a primary', () => findWithStatus(nodes, 'primary'));
  const waitForTakeover = async (previousPrimary: PatroniNode) => {
    const otherNodes = nodes.filter((node) => node !== previousPrimary);
    await waitFor('another primary', () => findWithStatus(otherNodes, 'primary'));
    await waitFor('a way to it', () => findRow(buildUrl(port), IS_WRITABLE_SQL));
  };
  const waitForStandby = async () => {
    const primary = await findPrimary();
    await waitFor('a standby', () => findWithStatus(nodes, isSynchronous ? 'sync' : 'replica'));
    await waitFor('a standby that follows', () => findRow(buildUrl(primary.port), HAS_STANDBY_SQL));
  };
  const stop = async () => {
    for (const node of nodes) {
      await node.kill();
      node.network.stop();
    }
    for (const daemon of daemons) await daemon.kill();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await waitForStandby();
    const primary = buildUrl((await findPrimary()).port);
    await createAppRole(primary);
    await migrate(primary);
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: buildUrl(port, 'app'), ownerUrl: buildUrl(port), stop, waitForStandby, findPrimary, waitForTakeover };
}

async function waitFor<T>(description: string, find: () => Promise<T | undefined>): Promise<T> {
  const result = await waitUntil(MAX_WAIT_MS, find);
  if (result === undefined) throw new Error(`The cluster does not have ${description} in time`);
  return result;
}

/** Asks the health checks of Patroni's REST API. */
async function findWithStatus(nodes: readonly PatroniNode[], check: string): Promise<PatroniNode | undefined> {
  for (const node of nodes) {
    const response = await fetch(`http://127.0.0.1:${node.restPort}/${check}`).catch(() => undefined);
    if (response?.ok) return node;
  }
  return undefined;
}

/** @returns where its clients connect */
async function startEtcd(folder: string, daemons: Daemon[]): Promise<string> {
  mkdirSync(folder);
  const [client, peer] = [await findFreePort(), await findFreePort()];
  const clients = `http://127.0.0.1:${client}`;
  const peers = `http://127.0.0.1:${peer}`;
  const args = [
    '--data-dir',
    join(folder, 'data'),
    '--listen-client-urls',
    clients,
    '--advertise-client-urls',
    clients,
  ];
  const cluster = ['--listen-peer-urls', peers, '--initial-advertise-peer-urls', peers];
  daemons.push(startDaemon(folder, 'etcd', [...args, ...cluster, '--initial-cluster', `default=${peers}`]));
  return `127.0.0.1:${client}`;
}

/** @returns the port that leads to the primary */
async function startHaproxy(folder: string, nodes: readonly PatroniNode[], daemons: Daemon[]): Promise<number> {
  mkdirSync(folder);
  const port = await findFreePort();
  const servers = nodes.map(({ name, port, restPort }) => `server ${name} 127.0.0.1:${port} check port ${restPort}`);
  const config = `
defaults
  mode tcp
  timeout connect 2s
  timeout client 30m
  timeout server 30m
listen primary
  bind 127.0.0.1:${port}
  option httpchk OPTIONS /primary
  http-check expect status 200
  default-server inter 500ms fall 2 rise 1 on-marked-down shutdown-sessions
  ${servers.join('\n  ')}
`;
  const file = join(folder, 'haproxy.cfg');
  writeFileSync(file, config);
  daemons.push(startDaemon(folder, 'haproxy', ['-db', '-f', file]));
  return port;
}

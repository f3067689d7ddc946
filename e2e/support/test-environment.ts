import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { PGlite } from '@electric-sql/pglite';
import { APP_SERVER, findPort } from './app-server.ts';
import { copyBlankStore } from './blank-store.ts';
import { ORIGIN } from './http.ts';
import { findUnlistedLines } from './log-reader.ts';
import { type Postgres, queryPostgres, startPostgres } from './postgres.ts';
import { END_WITH_PARENT } from './processes.ts';
import { NO_LIMITS } from './stack.ts';
import { countSubmitCalls, findSubmitCalls } from './submit-calls.ts';

export type StoreKind = 'pglite' | 'postgres';
/** A migrated database. */
export type PostgresDatabase = Pick<Postgres, 'url' | 'ownerUrl' | 'stop'>;

/** Short times, in the order that the server insists on, so that a run does not wait for what production waits for. */
const SHORT_TIMES = {
  RAAS_CONNECT_MS: '500',
  RAAS_HEADERS_MS: '1500',
  RAAS_IDLE_BODY_MS: '1000',
  RAAS_TOTAL_MS: '2000',
  RAAS_LOOKUP_MS: '1000',
  SUBMISSION_LEASE_MS: '3000',
  DRAIN_GRACE_MS: '0',
  DRAIN_MS: '30000',
  RECONCILE_EVERY_MS: '200',
  RECONCILE_AFTER_MS: '800',
  RECONCILE_LOOKS_MS: '600',
  RECONCILE_PARK_MS: '120000',
  BREAKER_IN_A_ROW: '1000000',
  BREAKER_PERCENT: '100',
  UPSTREAM_QUEUE: '512',
  UPSTREAM_QUEUE_MS: '20000',
  SHED_REQUESTS: '100000',
  SHED_BUSY_REQUESTS: '100000',
  SHED_DELAY_MS: '60000',
  ...NO_LIMITS,
};

/** For `start`: the times of production in place of these. */
export const PRODUCTION_TIMES = Object.fromEntries(
  ['RAAS_CONNECT_MS', 'RAAS_HEADERS_MS', 'RAAS_IDLE_BODY_MS', 'RAAS_TOTAL_MS', 'RAAS_LOOKUP_MS', 'SUBMISSION_LEASE_MS']
    .concat('RECONCILE_EVERY_MS', 'RECONCILE_AFTER_MS', 'RECONCILE_LOOKS_MS', 'RECONCILE_PARK_MS')
    .map((name) => [name, '']),
);

/** For `start`: the upstream on a port of this machine in place of the stand-in. */
export const getUpstreamEnv = (port: number) => ({
  RAAS_BASE_URL: `http://127.0.0.1:${port}/v1`,
  RAAS_LINK_HOSTS: `127.0.0.1:${port}`,
});

/** A process that said that it is ready. */
export type RunningServer = { child: ChildProcess; port: number; exit: Promise<number | null>; output: () => string };

const BOOT_MS = 30_000;

/** The RaaS stand-in, a store, and as many servers of the built app as a part of the load runs wants. */
export class TestEnvironment {
  readonly store: StoreKind;
  readonly folder = mkdtempSync(join(tmpdir(), 'front-door-load-'));
  #origins: Record<string, string> = {};
  #sandbox: ChildProcess | undefined;
  #postgres: PostgresDatabase | undefined;
  #servers = new Set<ChildProcess>();
  readonly #outputs: (() => string)[] = [];

  private constructor(store: StoreKind) {
    this.store = store;
  }

  /** @param postgres to use in place of an own one; it is stopped with the rest */
  static async create(store: StoreKind, postgres?: PostgresDatabase): Promise<TestEnvironment> {
    const environment = new TestEnvironment(store);
    if (store === 'postgres') environment.#postgres = postgres ?? (await startPostgres());
    const ports = ['RAAS', 'LINK', 'RAAS_CONTROL'].map((name) => [`SANDBOX_${name}_PORT`, '0']);
    const env = { ...process.env, ...Object.fromEntries(ports) };
    environment.#sandbox = spawn('node', [...END_WITH_PARENT, 'e2e/sandbox/raas/server.ts'], {
      env,
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const line = await new Promise<string>((resolve) =>
      environment.#sandbox?.stdout?.once('data', (data) => resolve(String(data))),
    );
    environment.#origins = (JSON.parse(line) as { ready: Record<string, string> }).ready;
    return environment;
  }

  /** The host that a link may have. */
  get linkHost(): string {
    return new URL(this.#origins['links'] ?? '').host;
  }

  /** As the app connects; undefined on the embedded store. */
  get databaseUrl(): string | undefined {
    return this.#postgres?.url;
  }

  get dataFolder(): string {
    return join(this.folder, 'data');
  }

  /** Starts the app and resolves when it is ready; rejects with its output when it ends or takes too long. */
  async startServer(env: Record<string, string> = {}, cwd = process.cwd()): Promise<RunningServer> {
    if (this.store === 'pglite') copyBlankStore(this.dataFolder);
    const [command, args] = APP_SERVER;
    const child = spawn(command, [...END_WITH_PARENT, ...args, '-H', '127.0.0.1', '-p', '0'], {
      cwd,
      stdio: ['pipe', 'pipe', 'pipe'],
      env: {
        ...process.env,
        ...parseEnv(readFileSync('.env.example', 'utf8')),
        ...SHORT_TIMES,
        APP_ORIGIN: ORIGIN,
        NEXT_TELEMETRY_DISABLED: '1',
        DATA_DIR: this.dataFolder,
        RAAS_BASE_URL: `${this.#origins['raas']}/v1`,
        RAAS_LINK_HOSTS: this.linkHost,
        ...(this.#postgres && { DATABASE_URL: this.#postgres.url }),
        ...env,
      },
    });
    this.#servers.add(child);
    let output = '';
    this.#outputs.push(() => output);
    const exit = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
    void exit.then(() => this.#servers.delete(child));
    const port = await new Promise<number>((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error(`The server is not ready:\n${output}`)), BOOT_MS);
      let isReady = false;
      const read = (chunk: Buffer) => {
        output += chunk;
        // A search of the whole output for each line of a server that is ready took most of a processor.
        const foundPort = isReady ? undefined : findPort(output);
        if (!foundPort) return;
        isReady = true;
        clearTimeout(timer);
        resolve(foundPort);
      };
      child.stdout.on('data', read);
      child.stderr.on('data', read);
      child.once('exit', (code) => {
        clearTimeout(timer);
        reject(new Error(`The server ended (${code}):\n${output}`));
      });
    });
    return { child, port, exit, output: () => output };
  }

  /** Calls of the POST that must not be made twice, by phone. */
  getCallCounts(): Promise<Map<string, number>> {
    return countSubmitCalls(this.#origins['raasControl'] ?? '');
  }

  /** When each of these calls arrived, by phone: milliseconds since 1970. */
  getCallTimes(): Promise<Map<string, number[]>> {
    return findSubmitCalls(this.#origins['raasControl'] ?? '');
  }

  async controlUpstream(path: 'next' | 'settings' | 'reset', body: object): Promise<void> {
    await fetch(`${this.#origins['raasControl']}/${path}`, { method: 'POST', body: JSON.stringify(body) });
  }

  /** Reads the ledger itself, as its owner. On the embedded store no server may be running. */
  async query<Row>(sql: string): Promise<Row[]> {
    if (this.#postgres) {
      return queryPostgres<Row>(this.#postgres.ownerUrl, sql);
    }
    const client = await PGlite.create(join(this.dataFolder, 'pglite'));
    const { rows } = await client.query(sql);
    await client.close();
    return rows as Row[];
  }

  /** The database goes away while the servers run. */
  async stopPostgres(): Promise<void> {
    await this.#postgres?.stop();
  }

  async stop(): Promise<void> {
    for (const server of this.#servers) server.kill('SIGKILL');
    this.#sandbox?.kill();
    await this.#postgres?.stop();
    rmSync(this.folder, { recursive: true, force: true });
    const unlisted = this.#outputs.flatMap((output) => findUnlistedLines(output()));
    if (unlisted.length > 0) throw new Error(`Output that is no event of ours:\n${unlisted.slice(0, 5).join('\n')}`);
  }
}

/** Runs jobs, a few at a time, in order. */
export async function runInLanes<T>(
  lanes: number,
  jobs: readonly T[],
  run: (job: T, index: number) => Promise<void>,
): Promise<void> {
  let nextIndex = 0;
  const runLane = async () => {
    while (nextIndex < jobs.length) {
      const index = nextIndex++;
      await run(jobs[index] as T, index);
    }
  };
  await Promise.all(Array.from({ length: Math.min(lanes, jobs.length) }, runLane));
}

import { spawn } from 'node:child_process';
import { Client } from 'pg';
import { buildBaseline } from '../support/baseline.ts';
import { sendRequest } from '../support/http.ts';
import { HttpApplicant, parseActionFields } from '../support/http-applicant.ts';
import { type LoadResult, measureLoad, startProgram } from '../support/measure.ts';
import { startPostgres } from '../support/postgres.ts';
import { getUpstreamEnv, runInLanes, type StoreKind, TestEnvironment } from '../support/test-environment.ts';

export type ServerRow = { what: string; atOnce: number } & LoadResult;

const CONCURRENCY_LEVELS = [1, 16, 64] as const;
/** Jobs of a measurement, by how many run at once. */
const JOB_COUNTS: Record<number, number> = { 1: 150, 16: 1_500, 64: 1_500 };
/** Requests before the first measurement: V8 goes on compiling for about so long. */
const WARM_UP_REQUESTS = 3_000;
const FILL_LANES = 12;

type Server = { port: number; pid: number };

/** Only servers that have served are measured. */
async function measure(
  name: string,
  { pid }: Server,
  createJobs: (count: number) => Promise<(() => Promise<boolean>)[]>,
) {
  await measureLoad(pid, 16, await createJobs(WARM_UP_REQUESTS));
  const rows: ServerRow[] = [];
  for (const atOnce of CONCURRENCY_LEVELS) {
    const jobs = await createJobs(JOB_COUNTS[atOnce] ?? 100);
    rows.push({ what: name, atOnce, ...(await measureLoad(pid, atOnce, jobs)) });
  }
  return rows;
}

const repeatJob = (job: () => Promise<boolean>) => async (count: number) => Array.from({ length: count }, () => job);

/** People who have come to the last button of the app. */
async function createApplicants(port: number, count: number): Promise<HttpApplicant[]> {
  const people = Array.from({ length: count }, () => new HttpApplicant());
  await runInLanes(FILL_LANES, people, (person) => person.fill(port));
  return people;
}

const createSubmitJobs = (port: number) => async (count: number) =>
  (await createApplicants(port, count)).map((person) => async () => {
    const { status, location = '' } = await person.submit(port);
    return status === 303 && location.endsWith('/Q1nO3');
  });

/** The app on one store: submits and pages. */
async function measureApp(store: StoreKind, upstream: number, hasGrowth: boolean) {
  const environment = await TestEnvironment.create(store);
  const { child, port } = await environment.startServer({
    ...getUpstreamEnv(upstream),
    RECONCILE_EVERY_MS: '5000', // as it is by itself
    SHED_REQUESTS: '100000',
    SHED_BUSY_REQUESTS: '100000',
  });
  const server = { port, pid: child.pid ?? 0 };
  const rows = await measure(`submit, the app on ${store}`, server, createSubmitJobs(port));
  if (store === 'postgres')
    rows.push(
      ...(await measure(
        'page, the app',
        server,
        repeatJob(() => requestPage(port, '/en/onboarding/identity')),
      )),
    );
  const growth = hasGrowth && store === 'postgres' ? await measureGrowth(environment, server) : [];
  await environment.stop();
  return { rows, growth };
}

const requestPage = async (port: number, path: string) => (await sendRequest(port, path)).status === 200;

/** The same submits with a thousand and with a million rows in ledger and drafts. */
async function measureGrowth(environment: TestEnvironment, { port, pid }: Server): Promise<ServerRow[]> {
  const rows: ServerRow[] = [];
  for (const size of [1_000, 1_000_000]) {
    await environment.query(`
      insert into drafts (id, version, sealed, created_at, expires_at)
      select 'bench-' || n, 1, repeat('x', 1500), now(), now() + interval '7 days' from generate_series(1, ${size}) n
      on conflict do nothing`);
    await environment.query(`
      insert into submissions (id, draft_id, draft_version, state, phone_hash, email_hash, attempt, created_at, updated_at)
      select gen_random_uuid(), 'bench-' || n, 1, 'refused', md5('p' || n), md5('e' || n), 1, now(), now()
      from generate_series(1, ${size}) n on conflict do nothing`);
    await environment.query('vacuum analyze');
    await environment.query('checkpoint'); // what was just written is not what is measured
    // The same measurement three times: the middle one counts, on a machine that others use too.
    const runs: LoadResult[] = [];
    for (let remaining = 3; remaining > 0; remaining -= 1)
      runs.push(await measureLoad(pid, 16, await createSubmitJobs(port)(400)));
    const [, middle = runs[0] as LoadResult] = runs.sort((a, b) => a.cpu - b.cpu);
    const p99 = runs.map((run) => run.p99).sort((a, b) => a - b)[1] ?? middle.p99;
    rows.push({ what: `submit with ${size.toLocaleString('en')} rows`, atOnce: 16, ...middle, p99 });
  }
  return rows;
}

/**
 * The tables of the action that keeps what it sends, with one person's answers, beside the app's own.
 *
 * @returns the address of the database that finds these tables
 */
async function createBaselineTables(ownerUrl: string): Promise<string> {
  const url = `${ownerUrl}&options=${encodeURIComponent('-c search_path=floor')}`;
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`
    create schema floor;
    create table drafts (id text primary key, typed text not null);
    create table submissions (id uuid primary key, person text not null, payload text, state text not null, link text);
    create unique index one_live on submissions (person) where state = 'sending'`);
  await client.query('insert into drafts values ($1, $2)', ['ana', JSON.stringify({ firstName: 'Ana' })]);
  await client.end();
  return url;
}

/** A bare page and bare server actions of the same framework. */
async function measureBaseline(upstream: number) {
  const postgres = await startPostgres();
  const database = await createBaselineTables(postgres.ownerUrl);
  const env = {
    ...process.env,
    BENCH_UPSTREAM: `http://127.0.0.1:${upstream}`,
    BENCH_DATABASE: database,
    NEXT_TELEMETRY_DISABLED: '1',
  };
  const next = 'node_modules/next/dist/bin/next';
  const child = spawn(process.execPath, [next, 'start', 'e2e/baseline-app', '-H', '127.0.0.1', '-p', '0'], {
    env,
    stdio: 'pipe',
  });
  const port = await new Promise<number>((resolve) => {
    child.stdout.on('data', (data) => {
      const portText = /Local: +http:\/\/127\.0\.0\.1:(\d+)/.exec(String(data))?.[1];
      if (portText) resolve(Number(portText));
    });
  });
  const origin = `http://127.0.0.1:${port}`;
  const server = { port, pid: child.pid ?? 0 };
  const createSubmitJob = async (path: string) => {
    const form = [
      ...parseActionFields((await sendRequest(port, path, { origin })).body),
      ['firstName', 'Ana'] as const,
    ];
    return repeatJob(async () => (await sendRequest(port, path, { form, origin })).status === 303);
  };
  const rows = [
    ...(await measure('submit, a bare server action', server, await createSubmitJob('/submit'))),
    ...(await measure('submit, one that keeps it', server, await createSubmitJob('/keep'))),
    ...(await measure(
      'page, a bare one',
      server,
      repeatJob(() => requestPage(port, '/submit')),
    )),
  ];
  child.kill();
  await postgres.stop();
  return rows;
}

async function measureForwarder(upstream: number) {
  const server = await startProgram('e2e/bench/forwarder.ts', { BENCH_UPSTREAM: `http://127.0.0.1:${upstream}` });
  const form = [['firstName', 'Ana'] as const];
  const rows = await measure(
    'submit, a plain forwarder',
    server,
    repeatJob(async () => (await sendRequest(server.port, '/', { form })).status === 303),
  );
  server.stop();
  return rows;
}

/** All of the server's side, on the same upstream, one after the other. */
export async function runServerBenchmark(hasGrowth: boolean): Promise<{ rows: ServerRow[]; growth: ServerRow[] }> {
  buildBaseline();
  const upstream = await startProgram('e2e/bench/upstream.ts');
  const forwarder = await measureForwarder(upstream.port);
  const baseline = await measureBaseline(upstream.port);
  const postgres = await measureApp('postgres', upstream.port, hasGrowth);
  const pglite = await measureApp('pglite', upstream.port, false);
  upstream.stop();
  return { rows: [...forwarder, ...baseline, ...postgres.rows, ...pglite.rows], growth: postgres.growth };
}

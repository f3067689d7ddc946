import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { serve, shareOf } from '../bench/measure.ts';
import { operate } from '../commands/operate.ts';
import { Applicant } from './applicant.ts';
import { arrivals } from './arrivals.ts';
import { ledgerBreaches, type Result } from './part.ts';
import { AS_IN_PRODUCTION, pointAt, type StoreKind, World } from './world.ts';

const PER_SECOND = 20;
/** Of the 99th percentile without a purge. */
const SLOWEST_BESIDE = 1.2;
const BOOT_MS = 3_000;
/** Rows of each kind in one million that have ended. */
const ENDED = { drafts: 300_000, events: 500_000, counters: 100_000, hashes: 50_000, received: 50_000 };
/** Rows of the ledger in one million that have nothing left to end. */
const SETTLED = 400_000;

const fill = (millions: number) => {
  const series = (count: number) => `generate_series(1, ${Math.round(count * millions)}) n`;
  const row = `gen_random_uuid(), 'growth-' || gen_random_uuid(), 1`;
  const ledger =
    'id, draft_id, draft_version, state, phone_hash, sealed_payload, attempt, transitions, created_at, updated_at';
  return [
    `insert into drafts (id, version, sealed, created_at, expires_at)
     select 'growth-' || n, 1, repeat('x', 1500), now(), now() - interval '1 day' from ${series(ENDED.drafts)}`,
    `insert into journey_events (journey, at, kind, step, fields, lang)
     select md5(n::text), now() - interval '500 days', 'taken', 'identity', '[]', 'es' from ${series(ENDED.events)}`,
    `insert into limits (key, points, expire)
     select 'growth:' || n, 1, now() - interval '1 day' from ${series(ENDED.counters)}`,
    `insert into submissions (${ledger})
     select ${row}, 'refused', md5('h' || n), null, 1, 0, now() - interval '500 days', now() - interval '500 days'
     from ${series(ENDED.hashes)}`,
    `insert into submissions (${ledger})
     select ${row}, 'received', md5('r' || n), repeat('x', 800), 0, 0, now() - interval '9 days', now() - interval '9 days'
     from ${series(ENDED.received)}`,
    `insert into submissions (${ledger})
     select ${row}, 'succeeded', md5('s' || n), null, 1, 0, now() - interval '9 days', now() - interval '9 days'
     from ${series(SETTLED)}`,
    'vacuum analyze',
    'checkpoint',
  ];
};

/** What retention must have ended. */
const LEFT = `select
  (select count(*) from drafts where expires_at < now())
  + (select count(*) from journey_events where at < now() - interval '400 days')
  + (select count(*) from limits where expire < now() - interval '1 hour')
  + (select count(*) from submissions where phone_hash is not null and created_at < now() - interval '400 days')
  + (select count(*) from submissions where state = 'received' and updated_at < now() - interval '8 days') as left`;

/** The 99th percentile of a submission, in milliseconds, while people come until `isOver`. */
async function measure(port: number, isOver: () => boolean, wrong: string[]): Promise<number> {
  const times: number[] = [];
  do {
    await arrivals(PER_SECOND, 30, async () => {
      const person = new Applicant();
      try {
        await person.fill(port);
        const start = performance.now();
        const { status, location = '' } = await person.submit(port);
        times.push(performance.now() - start);
        if (!location.endsWith('/Q1nO3')) wrong.push(`${status} ${location}`);
      } catch (error) {
        wrong.push(String(error));
      }
    });
  } while (!isOver());
  return shareOf(times, 0.99);
}

/** `npm run privacy -- purge`, as an operator runs it beside the servers. */
async function purge(databaseUrl = ''): Promise<{ status: number; seconds: number }> {
  const start = performance.now();
  const env = { ...parseEnv(readFileSync('.env.example', 'utf8')), DATABASE_URL: databaseUrl };
  const { status } = await operate('privacy', ['purge'], env);
  return { status, seconds: (performance.now() - start) / 1_000 };
}

/** So many million rows that retention has to end, beside people who go on submitting. */
export async function growth(millions: number, store: StoreKind): Promise<Result> {
  const upstream = await serve('e2e/bench/upstream.ts');
  const world = await World.create(store);
  const wrong: string[] = [];
  try {
    const settings = { ...AS_IN_PRODUCTION, ...pointAt(upstream.port) };
    const { port } = await world.start(settings);
    for (const statement of fill(millions)) await world.query(statement);
    const number = async (sql: string) => Number(Object.values((await world.query<object>(sql))[0] ?? {})[0]);
    const wal = () => number(`select pg_current_wal_lsn() - '0/0'`);
    const size = () => number('select pg_database_size(current_database())');

    await measure(port, () => true, wrong); // a server that has not served yet is slower than with a purge beside it
    const alone = await measure(port, () => true, wrong);
    const [walBefore, sizeBefore] = [await wal(), await size()];
    let ended: Awaited<ReturnType<typeof purge>> | undefined;
    const purging = purge(world.databaseUrl).then((result) => {
      ended = result;
    });
    const beside = await measure(port, () => ended !== undefined, wrong);
    await purging;
    const left = await number(LEFT);
    const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
    const saw = `purge ${ended?.seconds.toFixed(0)} s, ${left} rows left; p99 of a submission ${alone.toFixed(0)} ms, beside it ${beside.toFixed(0)} ms`;
    const space = `WAL ${gigabytes((await wal()) - walBefore)}, tables ${gigabytes(sizeBefore)}, then ${gigabytes(await size())}`;

    const start = performance.now();
    await world.start(settings);
    const boot = performance.now() - start;
    const breaches = [
      ...(ended?.status === 0 ? [] : [`the purge ended with ${ended?.status}`]),
      ...(left === 0 ? [] : [`${left} rows are left`]),
      ...(beside <= alone * SLOWEST_BESIDE ? [] : [`p99 ${(beside / alone).toFixed(2)} times that without a purge`]),
      ...(boot <= BOOT_MS ? [] : [`a boot took ${boot.toFixed(0)} ms`]),
      ...wrong.map((text) => `wrong: ${text}`),
      ...(await ledgerBreaches(world)),
    ];
    return {
      runs: `${millions} million ended rows`,
      saw: `${saw}; ${space}; boot ${(boot / 1_000).toFixed(1)} s`,
      breaches,
    };
  } finally {
    await world.end();
    upstream.stop();
  }
}

import { serve, shareOf } from '../bench/measure.ts';
import { measureFind } from '../store-load/find-by-reference.ts';
import { Applicant } from './applicant.ts';
import { arrivals } from './arrivals.ts';
import { ledgerBreaches, type Result } from './part.ts';
import { AS_IN_PRODUCTION, pointAt, type StoreKind, World } from './world.ts';

const PER_SECOND = 20;
/** Of the 99th percentile without a purge. */
const SLOWEST_BESIDE = 1.2;
const BOOT_MS = 3_000;
const FIND_MS = 5;
const POLL_MS = 3_000;
/** Rows of each kind in one million that have ended. */
const ENDED = { drafts: 300_000, events: 500_000, counters: 100_000, hashes: 50_000, received: 50_000 };
/** Rows of the ledger for each million that has ended, unless the run names another number: nothing is left to end in them. */
const SETTLED = 0.4;

const fill = (millions: number, settledMillions: number) => {
  const series = (count: number, of = millions) => `generate_series(1, ${Math.round(count * of)}) n`;
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
     from ${series(1_000_000, settledMillions)}`,
    'delete from leases',
    'vacuum analyze',
    'checkpoint',
  ];
};

/** What retention must have ended. */
const ENDS = {
  drafts: 'expires_at < now()',
  journey_events: `at < now() - interval '400 days'`,
  limits: `expire < now() - interval '1 hour'`,
  submissions: `state = 'received' and updated_at < now() - interval '8 days'
    or phone_hash is not null and created_at < now() - interval '400 days'`,
};
const ended = Object.entries(ENDS);
const LEFT = `select ${ended.map(([table, where]) => `(select count(*) from ${table} where ${where})`).join(' + ')}`;
const IS_LEFT = `select ${ended.map(([table, where]) => `exists (select from ${table} where ${where})`).join(' or ')} as left`;
const SIZES = `select string_agg(name || ' ' || pg_size_pretty(pg_total_relation_size(name::regclass)), ', ') as sizes
  from unnest(array['submissions', 'submission_events', 'drafts', 'journey_events', 'limits']) name`;

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

/**
 * So many million rows that retention has to end, in the background of a server at which people go on submitting.
 *
 * @param settledMillions rows of the ledger in which nothing is left to end, in millions
 */
export async function growth(
  millions: number,
  store: StoreKind,
  settledMillions = millions * SETTLED,
): Promise<Result> {
  const upstream = await serve('e2e/bench/upstream.ts');
  const world = await World.create(store);
  const wrong: string[] = [];
  try {
    const settings = { ...AS_IN_PRODUCTION, ...pointAt(upstream.port) };
    const { child, ended: hasEnded } = await world.start(settings); // a database knows its keys from the first start on
    child.kill('SIGTERM');
    await hasEnded;
    for (const statement of fill(millions, settledMillions)) await world.query(statement);
    const first = async <T>(sql: string) => Object.values((await world.query<Record<string, T>>(sql))[0] ?? {})[0];
    const number = async (sql: string) => Number(await first(sql));
    const wal = () => number(`select pg_current_wal_lsn() - '0/0'`);
    const sizes = () => first<string>(SIZES);
    const ids = await world.query<{ id: string }>('select id from submissions tablesample system (0.1) limit 50');
    const found = await measureFind(
      world.databaseUrl ?? '',
      ids.map(({ id }) => id),
    );

    const [walBefore, sizesBefore, start] = [await wal(), await sizes(), performance.now()];
    // A server purges at its start.
    const { port } = await world.start(settings);
    const boot = performance.now() - start;
    let seconds = 0;
    const purging = (async () => {
      while (await first<boolean>(IS_LEFT)) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
      seconds = (performance.now() - start) / 1_000;
    })();
    await measure(port, () => true, wrong); // a server that has not served yet is slower than one with a purge
    const isPurging = seconds === 0;
    const beside = await measure(port, () => seconds > 0, wrong);
    await purging;
    const [left, walWritten] = [await number(LEFT), (await wal()) - walBefore];
    const alone = await measure(port, () => true, wrong);

    const breaches = [
      ...(isPurging ? [] : ['the purge was over before it was measured: take more rows']),
      ...(left === 0 ? [] : [`${left} rows are left`]),
      ...(beside <= alone * SLOWEST_BESIDE ? [] : [`p99 ${(beside / alone).toFixed(2)} times that without a purge`]),
      ...(boot <= BOOT_MS ? [] : [`a boot took ${boot.toFixed(0)} ms`]),
      ...(found <= FIND_MS ? [] : [`a look-up by reference took ${found.toFixed(1)} ms`]),
      ...wrong.map((text) => `wrong: ${text}`),
      ...(await ledgerBreaches(world)),
    ];
    const saw = [
      `purge ${seconds.toFixed(0)} s, ${left} rows left; p99 of a submission beside it ${beside.toFixed(0)} ms, then ${alone.toFixed(0)} ms`,
      `WAL ${(walWritten / 1e9).toFixed(1)} GB; ${sizesBefore}; then ${await sizes()}`,
      `boot ${(boot / 1_000).toFixed(1)} s, look-up by reference ${found.toFixed(1)} ms`,
    ];
    const runs = `${millions} million ended rows, ${settledMillions} million settled in the ledger`;
    return { runs, saw: saw.join('; '), breaches };
  } finally {
    await world.end();
    upstream.stop();
  }
}

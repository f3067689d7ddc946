import { createApplicantPhone, HttpApplicant } from '../../support/http-applicant.ts';
import { findLedgerBreaches, formatCounts, type PartResult } from '../../support/run-helpers.ts';
import { runInLanes, TestEnvironment } from '../../support/test-environment.ts';

/** Submits of each draft, in turn at the two servers. A person has two drafts, as from two devices. */
const SUBMITS_PER_DRAFT = 5;
const DRAFTS = 2;

/**
 * Records the time of each change of a submission by the database's clock, after the statement got its locks. The ledger's events
 * have the time at which a server asked for the change, and the server that asked first may change second.
 */
const AUDIT_TRIGGER_SQL = `
  create table noted (at timestamptz default clock_timestamp(), number bigserial, id uuid, phone_hash text, state text);
  create function note() returns trigger language plpgsql security definer as $$
    begin insert into noted (id, phone_hash, state) values (new.id, new.phone_hash, new.state); return null; end $$;
  create trigger note after insert or update of state on submissions for each row execute function note();`;

/**
 * Has people submit from two devices at two servers on one Postgres at once, and checks that a person never has two live attempts and
 * that Postgres reports no deadlock.
 */
export async function runRaces(submits: number): Promise<PartResult> {
  const environment = await TestEnvironment.create('postgres');
  const breaches: string[] = [];
  const destinations: string[] = [];
  const count = Math.ceil(submits / SUBMITS_PER_DRAFT / DRAFTS);
  try {
    const servers = await Promise.all([environment.startServer(), environment.startServer()]);
    await environment.query(AUDIT_TRIGGER_SQL);
    const getPort = (index: number) => servers[index % servers.length]?.port ?? 0;
    const phones = Array.from({ length: count }, () => createApplicantPhone());
    await runInLanes(4, phones, async (phone, index) => {
      const drafts = Array.from({ length: DRAFTS }, () => new HttpApplicant(phone));
      for (const [index, draft] of drafts.entries()) await draft.fill(getPort(index));
      await environment.controlUpstream('next', { key: phone, answer: { delayMs: Math.random() * 50 } });
      const posts = drafts.flatMap((draft) =>
        Array.from({ length: SUBMITS_PER_DRAFT }, (_, index) => draft.submit(getPort(index))),
      );
      for (const { status, location } of await Promise.all(posts)) {
        const destination = location?.startsWith('http:')
          ? 'link'
          : (location?.replace('/en/onboarding/', '') ?? 'nowhere');
        destinations.push(`${status} ${destination}`);
        // The upstream loses no answer in this run, so no draft is held for longer than a minute.
        if (destination.includes('held=') && destination !== 'outcome?held=1')
          breaches.push(`${phone}: ${destination}`);
        if (status !== 303) breaches.push(`${phone}: answered with ${status}`);
      }
      if (index % 100 === 99) process.stderr.write(`races: ${index + 1} of ${count} people\n`);
    });
    // Sending ends before the next one begins: two live attempts of a person would overlap.
    const overlaps = await environment.query<{ phone_hash: string }>(`
      with spans as (
        select phone_hash, number, at as began, state,
          lead(at) over (partition by id order by number) as ended from noted)
      select a.phone_hash from spans a join spans b on a.phone_hash = b.phone_hash and a.number < b.number
        and a.state = 'sending' and b.state = 'sending'
        and a.began < coalesce(b.ended, now()) and b.began < coalesce(a.ended, now())`);
    breaches.push(...overlaps.map(({ phone_hash }) => `${phone_hash}: two live attempts`));
    const [deadlocks] = await environment.query<{ deadlocks: string }>(
      'select deadlocks from pg_stat_database where datname = current_database()',
    );
    if (deadlocks?.deadlocks !== '0') breaches.push(`${deadlocks?.deadlocks} deadlocks`);
    const calls = await environment.getCallCounts();
    for (const phone of phones) {
      // The second draft of a person may be sent once the first has ended; never a draft twice.
      const times = calls.get(phone) ?? 0;
      if (times < 1 || times > DRAFTS) breaches.push(`${phone}: ${times} calls`);
    }
    for (const { child, exit } of servers) {
      child.kill('SIGKILL');
      await exit;
    }
    breaches.push(...(await findLedgerBreaches(environment)));
    return {
      runs: `${destinations.length} submits of ${count} people at 2 servers`,
      summary: `${formatCounts(destinations)}; ${deadlocks?.deadlocks} deadlocks`,
      breaches,
    };
  } finally {
    await environment.stop();
  }
}

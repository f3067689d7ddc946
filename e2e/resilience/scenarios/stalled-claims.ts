import { until } from '../../support/part.ts';
import { startPostgres } from '../../support/postgres.ts';
import type { World } from '../../support/test-environment.ts';
import { startTestProxy, type TestProxy } from '../../support/test-proxy.ts';
import { countMatches } from '../checks.ts';
import { runFaults } from '../run-faults.ts';
import type { Scenario } from '../scenario.ts';

/** The name of the statement that keeps a submission and claims its call, as the client sends it. */
const CLAIM = 'receive_claimed\0';
/** Lease and reconciling take 5 s here, more on a busy machine. */
const MOST_RECONCILING_MS = 15_000;
const MOST_TRIES = 4;

/** What the log says of a claim whose answer came too late for its call. */
const LATE = /"cause":"ClaimExpired/g;
const SENT_BY_RECONCILER = `select count(*)::int as count from submissions where state = 'succeeded' and reconciled > 0`;

export const stalledClaims: Scenario = {
  name: 'stalled-claims',
  needs: [],
  usual: 30,
  async run(count) {
    const database = await startPostgres();
    const patient = await startTestProxy(database.url);
    const impatient = await startTestProxy(database.url);
    const proxies = [patient, impatient];
    const servers = [{ DATABASE_URL: patient.url, DATABASE_QUERY_MS: '60000' }, { DATABASE_URL: impatient.url }];
    const expected = Math.ceil(count / proxies.length);
    const inspect = (output: string) => {
      const late = countMatches(output, LATE);
      return {
        note: `${late} claims arrived too late for their call`,
        breaches: late < expected ? [`${late} of ${expected} late claims are in the log`] : [],
      };
    };
    return runFaults({ name: 'stalled-claims', database, servers, inspect }, count, async (index, { world }) => {
      for (let tries = 0; tries < MOST_TRIES; tries += 1)
        if (await stallOneClaim(world, proxies[index % proxies.length])) return Date.now();
      throw new Error('The reconciler has sent none of the applications whose claims were held');
    }).finally(() => {
      for (const proxy of proxies) proxy.stop();
    });
  },
};

/** @returns false when the held statement had claimed nothing: another press had the submission */
async function stallOneClaim(world: World, proxy: TestProxy | undefined): Promise<boolean> {
  const countSent = async () => (await world.query<{ count: number }>(SENT_BY_RECONCILER))[0]?.count ?? 0;
  const before = await countSent();
  const released = Promise.withResolvers<void>();
  await proxy?.holdNextAnswer(CLAIM, released.promise);
  const isSent = await until(MOST_RECONCILING_MS, async () => (await countSent()) > before || undefined);
  released.resolve();
  return isSent ?? false;
}

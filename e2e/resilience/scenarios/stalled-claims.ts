import { startPostgres } from '../../commands/postgres.ts';
import { startTestProxy } from '../../commands/test-proxy.ts';
import { until } from '../../torture/part.ts';
import { countMatches } from '../checks.ts';
import { runFaults } from '../run-faults.ts';
import type { Scenario } from '../scenario.ts';

/** The name of the statement that keeps a submission and claims its call, as the client sends it. */
const CLAIM = 'receive_claimed\0';
/** Lease and reconciling take 5 s here; more is a fault of the reconciler. */
const MOST_RECONCILING_MS = 30_000;

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
      const countSent = async () => (await world.query<{ count: number }>(SENT_BY_RECONCILER))[0]?.count ?? 0;
      const before = await countSent();
      const released = Promise.withResolvers<void>();
      await proxies[index % proxies.length]?.holdNextAnswer(CLAIM, released.promise);
      const isSent = await until(MOST_RECONCILING_MS, async () => (await countSent()) > before || undefined);
      released.resolve();
      if (!isSent) throw new Error('The reconciler has not sent what a claim held');
      return Date.now();
    }).finally(() => {
      for (const proxy of proxies) proxy.stop();
    });
  },
};

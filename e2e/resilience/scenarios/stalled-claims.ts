import { startPostgres } from '../../support/postgres.ts';
import { waitUntil } from '../../support/run-helpers.ts';
import type { TestEnvironment } from '../../support/test-environment.ts';
import { startTestProxy, type TestProxy } from '../../support/test-proxy.ts';
import { countMatches } from '../checks.ts';
import { runFaults } from '../run-faults.ts';
import type { Scenario } from '../scenario.ts';

/** The name of the statement that keeps a submission and claims its call, as the client sends it. */
const CLAIM_STATEMENT = 'receive_claimed\0';
/** Lease and reconciling take 5 s here, more on a busy machine. */
const MAX_RECONCILE_MS = 15_000;
const MAX_TRIES = 4;

/** The log event of a claim whose answer came too late for its call. */
const LATE_PATTERN = /"cause":"ClaimExpired/g;
const COUNT_SENT_SQL = `select count(*)::int as count from submissions where state = 'succeeded' and reconciled > 0`;

export const stalledClaims: Scenario = {
  name: 'stalled-claims',
  needs: [],
  defaultCount: 30,
  async run(count) {
    const database = await startPostgres();
    const patientProxy = await startTestProxy(database.url);
    const impatientProxy = await startTestProxy(database.url);
    const proxies = [patientProxy, impatientProxy];
    const servers = [
      { DATABASE_URL: patientProxy.url, DATABASE_QUERY_MS: '60000' },
      { DATABASE_URL: impatientProxy.url },
    ];
    const expected = Math.ceil(count / proxies.length);
    const inspect = (output: string) => {
      const lateCount = countMatches(output, LATE_PATTERN);
      return {
        note: `${lateCount} claims arrived too late for their call`,
        breaches: lateCount < expected ? [`${lateCount} of ${expected} late claims are in the log`] : [],
      };
    };
    return runFaults({ name: 'stalled-claims', database, servers, inspect }, count, async (index, { environment }) => {
      for (let tries = 0; tries < MAX_TRIES; tries += 1)
        if (await stallClaim(environment, proxies[index % proxies.length])) return Date.now();
      throw new Error('The reconciler has sent none of the applications whose claims were held');
    }).finally(() => {
      for (const proxy of proxies) proxy.stop();
    });
  },
};

/** @returns false when the held statement had claimed nothing: another press had the submission */
async function stallClaim(environment: TestEnvironment, proxy: TestProxy | undefined): Promise<boolean> {
  const countSent = async () => (await environment.query<{ count: number }>(COUNT_SENT_SQL))[0]?.count ?? 0;
  const countBefore = await countSent();
  const release = Promise.withResolvers<void>();
  await proxy?.holdNextResponse(CLAIM_STATEMENT, release.promise);
  const isSent = await waitUntil(MAX_RECONCILE_MS, async () => (await countSent()) > countBefore || undefined);
  release.resolve();
  return isSent ?? false;
}

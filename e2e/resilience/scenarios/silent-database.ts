import { startPostgres } from '../../support/postgres.ts';
import { startTestProxy } from '../../support/test-proxy.ts';
import { runFaults } from '../run-faults.ts';
import type { Scenario } from '../scenario.ts';

/** Duration of a silence; every tenth one is long. */
const SHORT_SILENCE_MS = 3_000;
const LONG_SILENCE_MS = 30_000;

export const silentDatabase: Scenario = {
  name: 'silent',
  needs: [],
  defaultCount: 30,
  async run(count) {
    const database = await startPostgres();
    const proxy = await startTestProxy(database.url);
    const serverEnv = { DATABASE_URL: proxy.url };
    const setup = { name: 'silent', database, servers: [serverEnv, serverEnv] };
    return runFaults(setup, count, async (index) => {
      proxy.blockTraffic();
      await new Promise((resolve) => setTimeout(resolve, index % 10 === 9 ? LONG_SILENCE_MS : SHORT_SILENCE_MS));
      proxy.restoreTraffic();
      return Date.now();
    }).finally(proxy.stop);
  },
};

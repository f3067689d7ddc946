import { startPostgres } from '../../support/postgres.ts';
import { startTestProxy } from '../../support/test-proxy.ts';
import { runFaults } from '../run-faults.ts';
import type { Scenario } from '../scenario.ts';

const ROUND_TRIP_MS = 200;

export const distance: Scenario = {
  name: 'distance',
  needs: [],
  defaultCount: 10,
  async run(count) {
    const database = await startPostgres();
    const proxy = await startTestProxy(database.url);
    proxy.setDelay(ROUND_TRIP_MS / 2);
    const serverEnv = { DATABASE_URL: proxy.url };
    return runFaults({ name: 'distance', database, servers: [serverEnv, serverEnv] }, count, async () => {
      proxy.closeConnections();
      return Date.now();
    }).finally(proxy.stop);
  },
};

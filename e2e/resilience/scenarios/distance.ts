import { startPostgres } from '../../support/postgres.ts';
import { startTestProxy } from '../../support/test-proxy.ts';
import { runFaults } from '../run-faults.ts';
import type { Scenario } from '../scenario.ts';

const ROUND_TRIP_MS = 200;

export const distance: Scenario = {
  name: 'distance',
  needs: [],
  usual: 10,
  async run(count) {
    const database = await startPostgres();
    const proxy = await startTestProxy(database.url);
    proxy.delayBy(ROUND_TRIP_MS / 2);
    const through = { DATABASE_URL: proxy.url };
    return runFaults({ name: 'distance', database, servers: [through, through] }, count, async () => {
      proxy.cut();
      return Date.now();
    }).finally(proxy.stop);
  },
};

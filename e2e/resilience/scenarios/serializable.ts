import { startPostgres } from '../../support/postgres.ts';
import { runFaults } from '../run-faults.ts';
import type { Scenario } from '../scenario.ts';
import { changeSettings } from './settings.ts';

const SPAN_MS = 3_000;

export const serializable: Scenario = {
  name: 'serializable',
  needs: [],
  defaultCount: 10,
  async run(count) {
    const database = await startPostgres();
    await changeSettings(database.ownerUrl, { default_transaction_isolation: 'serializable' });
    const setup = { name: 'serializable', database, servers: [{}, {}], isDoubled: true };
    return runFaults(setup, count, async () => {
      await new Promise((resolve) => setTimeout(resolve, SPAN_MS));
      return Date.now();
    });
  },
};

import { startPostgres } from '../../support/postgres.ts';
import { runFaults } from '../run-faults.ts';
import type { Scenario } from '../scenario.ts';
import { changeSettings } from './settings.ts';

const READ_ONLY_MS = 3_000;

export const readOnly: Scenario = {
  name: 'read-only',
  needs: [],
  defaultCount: 10,
  async run(count) {
    const database = await startPostgres();
    return runFaults({ name: 'read-only', database, servers: [{}, {}] }, count, async () => {
      await changeSettings(database.ownerUrl, { default_transaction_read_only: 'on' });
      await new Promise((resolve) => setTimeout(resolve, READ_ONLY_MS));
      await changeSettings(database.ownerUrl, { default_transaction_read_only: 'off' });
      return Date.now();
    });
  },
};

import { startPostgres } from '../../support/postgres.ts';
import { runFaults } from '../run-faults.ts';
import type { Scenario } from '../scenario.ts';

const KINDS = ['fast', 'immediate', 'kill'] as const;

export const restarts: Scenario = {
  name: 'restarts',
  needs: [],
  defaultCount: 30,
  async run(count) {
    const database = await startPostgres();
    return runFaults({ name: 'restarts', database, servers: [{}, {}] }, count, async (index) => {
      await database.interrupt(KINDS[index % KINDS.length] ?? 'kill');
      await database.restart();
      return Date.now();
    });
  },
};

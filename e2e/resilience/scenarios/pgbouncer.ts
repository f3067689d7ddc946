import { startPgbouncer } from '../../support/pgbouncer.ts';
import { startPostgres } from '../../support/postgres.ts';
import { runFaults } from '../run-faults.ts';
import type { Scenario } from '../scenario.ts';

export const pgbouncer: Scenario = {
  name: 'pgbouncer',
  needs: ['pgbouncer'],
  usual: 10,
  async run(count) {
    const database = await startPostgres();
    const pooler = await startPgbouncer(database.url, 'postgres', ['app']);
    const through = { DATABASE_URL: pooler.getUrl('app'), DATABASE_PREPARED_STATEMENTS: 'off' };
    const setup = { name: 'pgbouncer', database, servers: [through, through, through, through] };
    return runFaults(setup, count, async () => {
      await pooler.kill();
      await pooler.restart();
      return Date.now();
    }).finally(pooler.stop);
  },
};

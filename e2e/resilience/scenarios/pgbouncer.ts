import { startPgbouncer } from '../../support/pgbouncer.ts';
import { startPostgres } from '../../support/postgres.ts';
import { runFaults } from '../run-faults.ts';
import type { Scenario } from '../scenario.ts';

export const pgbouncer: Scenario = {
  name: 'pgbouncer',
  needs: ['pgbouncer'],
  defaultCount: 10,
  async run(count) {
    const database = await startPostgres();
    const pooler = await startPgbouncer(database.url, 'postgres', ['app']);
    const serverEnv = { DATABASE_URL: pooler.getUrl('app'), DATABASE_PREPARED_STATEMENTS: 'off' };
    const setup = { name: 'pgbouncer', database, servers: [serverEnv, serverEnv, serverEnv, serverEnv] };
    return runFaults(setup, count, async () => {
      await pooler.kill();
      await pooler.restart();
      return Date.now();
    }).finally(pooler.stop);
  },
};

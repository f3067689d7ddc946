import { startCluster } from '../cluster.ts';
import { runFaults } from '../run-faults.ts';
import type { Scenario } from '../scenario.ts';

export const syncFailovers: Scenario = {
  name: 'sync-failovers',
  needs: ['postgres', 'patroni', 'etcd', 'haproxy'],
  usual: 30,
  async run(count) {
    const cluster = await startCluster({ isSynchronous: true });
    const setup = { name: 'sync-failovers', database: cluster, servers: [{}, {}] };
    return runFaults(setup, count, async (index) => {
      await cluster.waitUntilWhole();
      const old = await cluster.findPrimary();
      const isNode = index % 2 === 1;
      if (isNode) await old.kill();
      else old.killPostgres();
      await cluster.waitForTakeover(old);
      const takenOverAt = Date.now();
      if (isNode) old.start();
      return takenOverAt;
    });
  },
};

import { startCluster } from '../cluster.ts';
import { runFaults } from '../run-faults.ts';
import type { Scenario } from '../scenario.ts';

export const syncFailovers: Scenario = {
  name: 'sync-failovers',
  needs: ['postgres', 'patroni', 'etcd', 'haproxy'],
  defaultCount: 30,
  async run(count) {
    const cluster = await startCluster({ isSynchronous: true });
    const setup = { name: 'sync-failovers', database: cluster, servers: [{}, {}] };
    return runFaults(setup, count, async (index) => {
      await cluster.waitForStandby();
      const oldPrimary = await cluster.findPrimary();
      const isNodeKilled = index % 2 === 1;
      if (isNodeKilled) await oldPrimary.kill();
      else oldPrimary.killPostgres();
      await cluster.waitForTakeover(oldPrimary);
      const takeoverMs = Date.now();
      if (isNodeKilled) oldPrimary.start();
      return takeoverMs;
    });
  },
};

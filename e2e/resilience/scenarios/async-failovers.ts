import { countMatches, findLostPeople } from '../checks.ts';
import { startCluster } from '../cluster.ts';
import { runFaults } from '../run-faults.ts';
import type { Scenario } from '../scenario.ts';

/** How far the standby is behind when the primary is lost. */
const LAG_MS = 1_500;
/** Log events about a call that may have been lost with its row, and about the failover. */
const HELD_PATTERN = /"event":"submission\.held"[^\n]*perhaps sent before a failover/g;
const NOTICED_PATTERN = /"event":"database\.failed-over"/g;

export const asyncFailovers: Scenario = {
  name: 'async-failovers',
  needs: ['postgres', 'patroni', 'etcd', 'haproxy'],
  defaultCount: 10,
  async run(count) {
    const cluster = await startCluster({ isSynchronous: false });
    const acceptLossEnv = { DATABASE_ACCEPT_LOSS: 'yes' };
    const setup = {
      name: 'async-failovers',
      database: cluster,
      servers: [acceptLossEnv, acceptLossEnv],
      isLossAllowed: true,
      inspect: (output: string) => {
        const noticedCount = countMatches(output, NOTICED_PATTERN);
        return {
          note: `${noticedCount} failovers noticed, ${countMatches(output, HELD_PATTERN)} presses held as perhaps sent before one`,
          breaches: noticedCount < count ? [`${noticedCount} of ${count} failovers are in the log`] : [],
        };
      },
    };
    let lostCount = 0;
    const row = await runFaults(setup, count, async (_, { environment, crowd }) => {
      await cluster.waitForStandby();
      const oldPrimary = await cluster.findPrimary();
      oldPrimary.network.blockTraffic();
      await new Promise((resolve) => setTimeout(resolve, LAG_MS));
      const acknowledged = crowd.people.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined);
      await oldPrimary.kill();
      const killedAt = Date.now();
      await cluster.waitForTakeover(oldPrimary);
      const takeoverMs = Date.now();
      oldPrimary.network.restoreTraffic();
      oldPrimary.start();
      const lostPeople = await findLostPeople(environment, acknowledged, killedAt);
      lostCount += lostPeople.length;
      for (const person of lostPeople) if (person.end) crowd.readmit(person);
      return takeoverMs;
    });
    return { ...row, lost: lostCount };
  },
};

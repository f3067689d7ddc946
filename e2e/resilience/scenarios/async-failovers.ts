import { countMatches, findLost } from '../checks.ts';
import { startCluster } from '../cluster.ts';
import { runFaults } from '../run-faults.ts';
import type { Scenario } from '../scenario.ts';

/** How far the standby is behind when the primary is lost. */
const LAG_MS = 1_500;
/** What the log says of a call that may have been lost with its row, and of the fail-over itself. */
const HELD = /"event":"submission\.held"[^\n]*perhaps sent before a fail-over/g;
const NOTICED = /"event":"database\.failed-over"/g;

export const asyncFailovers: Scenario = {
  name: 'async-failovers',
  needs: ['postgres', 'patroni', 'etcd', 'haproxy'],
  usual: 10,
  async run(count) {
    const cluster = await startCluster({ isSynchronous: false });
    const accepting = { DATABASE_ACCEPT_LOSS: 'yes' };
    const setup = {
      ...{ name: 'async-failovers', database: cluster, servers: [accepting, accepting], isLossAllowed: true },
      inspect: (output: string) => {
        const noticed = countMatches(output, NOTICED);
        return {
          note: `${noticed} fail-overs noticed, ${countMatches(output, HELD)} presses held as perhaps sent before one`,
          breaches: noticed < count ? [`${noticed} of ${count} fail-overs are in the log`] : [],
        };
      },
    };
    let lost = 0;
    const row = await runFaults(setup, count, async (_, { world, crowd }) => {
      await cluster.waitUntilWhole();
      const old = await cluster.findPrimary();
      old.network.goSilent();
      await new Promise((resolve) => setTimeout(resolve, LAG_MS));
      const acknowledged = crowd.people.filter(({ acknowledgedAt }) => acknowledgedAt !== undefined);
      await old.kill();
      const killedAt = Date.now();
      await cluster.waitForTakeover(old);
      const takenOverAt = Date.now();
      old.network.comeBack();
      old.start();
      const gone = await findLost(world, acknowledged, killedAt);
      lost += gone.length;
      for (const person of gone) if (person.end) crowd.comeBack(person);
      return takenOverAt;
    });
    return { ...row, lost };
  },
};

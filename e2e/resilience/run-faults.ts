import { until } from '../support/part.ts';
import { type PostgresDatabase, type Running, World } from '../support/test-environment.ts';
import { count } from './checks.ts';
import { Crowd } from './crowd.ts';
import type { Row } from './scenario.ts';

const SUBMITTERS = 16;
/** How soon every server must hand out links again after a fault. */
const SERVES_AGAIN_MS = 15_000;
/** The longest time for which everything works between two faults, and for which everyone may take to an end. */
const MOST_CALM_MS = 1_500;
const SETTLE_MS = 60_000;

export type Stage = { world: World; crowd: Crowd; servers: readonly Running[] };
/**
 * Makes one fault happen and ends it.
 *
 * @returns since when the servers should serve again, in milliseconds since 1970
 */
export type Fault = (index: number, stage: Stage) => Promise<number>;

type Setup = {
  name: string;
  /** It is stopped with the rest. */
  database: PostgresDatabase;
  /** The environment of each server: as many of them are started. */
  servers: readonly Record<string, string>[];
  /** Each press is made at all servers at once. */
  isDoubled?: boolean;
  /** The database may lose what it has acknowledged. */
  isLossAllowed?: boolean;
  /** Reads what the servers have logged. */
  inspect?: (output: string) => Pick<Row, 'note' | 'breaches'>;
};

/** Lets people press at servers of the built app while a fault happens again and again, and counts how they end. */
export async function runFaults(
  { name, database, servers: settings, isDoubled = false, isLossAllowed = false, inspect }: Setup,
  times: number,
  fault: Fault,
): Promise<Row> {
  const world = await World.create('postgres', database);
  let crowd: Crowd | undefined;
  try {
    // The strictest upstream: whoever is known there gets no second link.
    await world.steer('settings', { existingUser: 'refuse' });
    const servers = await Promise.all(settings.map((env) => world.start(env)));
    crowd = new Crowd(
      world,
      servers.map(({ port }) => port),
      { isDoubled },
    );
    crowd.start(SUBMITTERS);
    await waitForLinks(crowd, servers.length, Date.now());
    const servesAgainMs: number[] = [];
    const breaches: string[] = [];
    for (let index = 0; index < times; index += 1) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * MOST_CALM_MS));
      const endedAt = await fault(index, { world, crowd, servers });
      const ms = await waitForLinks(crowd, servers.length, endedAt);
      if (ms === undefined || ms > SERVES_AGAIN_MS) breaches.push(`fault ${index + 1}: a server does not serve again`);
      servesAgainMs.push(ms ?? Number.POSITIVE_INFINITY);
      process.stderr.write(`${name}: ${index + 1} of ${times}, serves again after ${Math.round(ms ?? -1)} ms\n`);
    }
    await crowd.stop(SETTLE_MS);
    const counted = await count(world, crowd, isLossAllowed);
    const logged = inspect?.(servers.map(({ output }) => output()).join(''));
    return {
      ...{ ...counted, times, servesAgainMs, note: logged?.note },
      breaches: [...breaches, ...counted.breaches, ...(logged?.breaches ?? [])],
    };
  } finally {
    await crowd?.stop(0);
    await world.end();
  }
}

/** @returns milliseconds until each server had handed out a link; undefined when one never did */
async function waitForLinks({ links }: Crowd, servers: number, since: number): Promise<number | undefined> {
  const firsts = await until(2 * SERVES_AGAIN_MS, async () => {
    const found = Array.from({ length: servers }, (_, index) =>
      links.find(({ at, server }) => server === index && at >= since),
    );
    return found.every((link) => link !== undefined) ? found.map(({ at }) => at - since) : undefined;
  });
  return firsts && Math.max(...firsts);
}

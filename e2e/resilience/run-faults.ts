import { waitUntil } from '../support/run-helpers.ts';
import { type PostgresDatabase, type RunningServer, TestEnvironment } from '../support/test-environment.ts';
import { countOutcomes } from './checks.ts';
import { Crowd } from './crowd.ts';
import type { ScenarioCounts } from './scenario.ts';

const SUBMITTERS = 16;
/** How soon every server must hand out links again after a fault. */
const MAX_RECOVERY_MS = 15_000;
/** The longest time for which everything works between two faults, and for which everyone may take to an end. */
const MAX_CALM_MS = 1_500;
const SETTLE_MS = 60_000;

export type FaultContext = { environment: TestEnvironment; crowd: Crowd; servers: readonly RunningServer[] };
/**
 * Makes one fault happen and ends it.
 *
 * @returns since when the servers should serve again, in milliseconds since 1970
 */
export type InjectFault = (index: number, stage: FaultContext) => Promise<number>;

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
  inspect?: (output: string) => Pick<ScenarioCounts, 'note' | 'breaches'>;
};

/** Lets people press at servers of the built app while a fault happens again and again, and counts how they end. */
export async function runFaults(
  { name, database, servers: settings, isDoubled = false, isLossAllowed = false, inspect }: Setup,
  times: number,
  injectFault: InjectFault,
): Promise<ScenarioCounts> {
  const environment = await TestEnvironment.create('postgres', database);
  let crowd: Crowd | undefined;
  try {
    // The strictest upstream: a known user gets no second link.
    await environment.controlUpstream('settings', { existingUser: 'refuse' });
    const servers = await Promise.all(settings.map((env) => environment.startServer(env)));
    crowd = new Crowd(
      environment,
      servers.map(({ port }) => port),
      { isDoubled },
    );
    crowd.start(SUBMITTERS);
    await waitForLinks(crowd, servers.length, Date.now());
    const servesAgainMs: number[] = [];
    const breaches: string[] = [];
    for (let index = 0; index < times; index += 1) {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * MAX_CALM_MS));
      const endedAt = await injectFault(index, { environment, crowd, servers });
      const ms = await waitForLinks(crowd, servers.length, endedAt);
      if (ms === undefined || ms > MAX_RECOVERY_MS) breaches.push(`fault ${index + 1}: a server does not serve again`);
      servesAgainMs.push(ms ?? Number.POSITIVE_INFINITY);
      process.stderr.write(`${name}: ${index + 1} of ${times}, serves again after ${Math.round(ms ?? -1)} ms\n`);
    }
    await crowd.stop(SETTLE_MS);
    const counts = await countOutcomes(environment, crowd, isLossAllowed);
    const logFindings = inspect?.(servers.map(({ output }) => output()).join(''));
    return {
      ...counts,
      times,
      servesAgainMs,
      note: logFindings?.note,
      breaches: [...breaches, ...counts.breaches, ...(logFindings?.breaches ?? [])],
    };
  } finally {
    await crowd?.stop(0);
    await environment.stop();
  }
}

/** @returns milliseconds until each server had handed out a link; undefined when one never did */
async function waitForLinks({ links }: Crowd, servers: number, sinceMs: number): Promise<number | undefined> {
  const recoveryTimes = await waitUntil(2 * MAX_RECOVERY_MS, async () => {
    const firstLinks = Array.from({ length: servers }, (_, index) =>
      links.find(({ timeMs, server }) => server === index && timeMs >= sinceMs),
    );
    return firstLinks.every((link) => link !== undefined)
      ? firstLinks.map(({ timeMs }) => timeMs - sinceMs)
      : undefined;
  });
  return recoveryTimes && Math.max(...recoveryTimes);
}

import type { Action, Plan } from './plan.ts';
import { createRandom, type Random } from './random.ts';
import { createRandomFaults } from './random-faults.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export function createPlan(seed: number): Plan {
  const random = createRandom(seed);
  const processes = random.between(2, 3);
  const phones = random.between(1, 2);
  const drafts = Array.from({ length: random.between(1, 3) }, (_, draft) => ({
    phone: draft === 1 && random.chance(0.7) ? 0 : random.between(0, phones - 1),
    paysByCard: random.chance(0.4),
    isUnwanted: random.chance(0.1),
  }));
  const pickProcess = () => random.between(0, processes - 1);
  const faults = createRandomFaults(random, pickProcess);
  const pressActions = faults.flatMap((fault) => (fault.kind === 'upstreamDown' ? createPresses(random, fault) : []));
  const actions = drafts.flatMap((_, draft) => createActions(random, draft, pickProcess));
  return {
    seed,
    clockOffsetsMs: Array.from({ length: processes }, () =>
      random.chance(0.3) ? random.between(-MAX_CLOCK_OFFSET_MS, MAX_CLOCK_OFFSET_MS) : 0,
    ),
    roundMs: random.pick([20_000, 60_000, 60_000]),
    queryTimeoutMs: random.chance(0.5) ? 1_500 : undefined,
    drafts,
    enrolledPhones: random.chance(0.15) ? [0] : [],
    invisibleMs: random.chance(0.4) ? random.between(0, MAX_INVISIBLE_MS) : 0,
    runsToRetention: random.chance(0.2),
    actions: [...actions, ...pressActions],
    faults,
    hasOperator: random.chance(0.7),
  };
}

/** Two clocks differ by less than a lease, and lookups show a new user before the first one after a lost answer. */
const MAX_CLOCK_OFFSET_MS = 10_000;
const MAX_INVISIBLE_MS = 45_000;

/** One customer presses again and again while nothing gets through, on one process. */
function createPresses(random: Random, { atMs, ms }: { atMs: number; ms: number }): Action[] {
  return Array.from({ length: random.between(2, 8) }, (): Action => {
    return { kind: 'press', atMs: atMs + random.between(1, Math.min(ms, MINUTE_MS)), draft: 0, process: 0 };
  });
}

function createActions(random: Random, draft: number, pickProcess: () => number): Action[] {
  // Sometimes shortly before a security code runs out.
  const firstMs = random.chance(0.1) ? random.between(38 * MINUTE_MS, 45 * MINUTE_MS) : random.scaled(1, 2 * MINUTE_MS);
  const actions: Action[] = [{ kind: 'press', atMs: firstMs, draft, process: pickProcess() }];
  const addPress = (atMs: number) => actions.push({ kind: 'press', atMs, draft, process: pickProcess() });
  if (random.chance(0.4)) addPress(firstMs + random.between(0, 600));
  if (random.chance(0.5)) addPress(firstMs + random.scaled(1_000, 15 * MINUTE_MS));
  if (random.chance(0.2)) addPress(firstMs + random.between(15 * MINUTE_MS, HOUR_MS));
  if (random.chance(0.3)) addPress(firstMs + random.between(HOUR_MS, 1.3 * HOUR_MS));
  if (random.chance(0.2)) {
    const atMs = firstMs + random.scaled(100, HOUR_MS);
    actions.push({ kind: 'edit', atMs, draft, process: pickProcess() });
    addPress(atMs + random.scaled(10, MINUTE_MS));
  }
  if (random.chance(0.5)) {
    const atMs = firstMs + random.scaled(1_000, HOUR_MS);
    actions.push({ kind: 'visit', atMs, draft, process: pickProcess() });
  }
  if (random.chance(0.2)) {
    const atMs = random.between(15 * MINUTE_MS, HOUR_MS);
    actions.push({ kind: 'decide', atMs, process: pickProcess() });
    addPress(atMs + random.scaled(10, 10 * MINUTE_MS));
  }
  if (random.chance(0.1)) actions.push({ kind: 'purge', atMs: random.scaled(1, HOUR_MS), process: pickProcess() });
  return actions;
}

import type { CallMode, LookMode } from './modes.ts';
import { createFaults } from './plan-faults.ts';
import { createRandom, type Random } from './random.ts';

/** The n-th time that this operation comes to this point. Without a process, that of any of them. */
export type Trigger = {
  process: number | undefined;
  /** The name of a prepared statement, or `call`, `look`, `link` of the upstream, or `any`. */
  operation: string;
  nth: number;
  /** Before the request leaves its process, or when its answer has been made. */
  phase: 'request' | 'answer';
};

export type StoppedClock = 'no clock' | 'monotonic clock' | 'time of day';

export type Fault =
  | { kind: 'crash'; on: Trigger; downMs: number }
  /** A suspended process: a clock that stops meanwhile is behind when it goes on. */
  | { kind: 'pause'; on: Trigger; ms: number; stops: StoppedClock }
  /** The message is that much late. */
  | { kind: 'late'; on: Trigger; ms: number }
  /** The message never arrives; its process hears of it after `ms`. */
  | { kind: 'lost'; on: Trigger; ms: number }
  /** A pooler delivers the statement a second time, or its answer. */
  | { kind: 'twice'; on: Trigger; ms: number }
  /** The database refuses the statement, as after a conflict of transactions. */
  | { kind: 'conflict'; on: Trigger }
  /** Messages between this process and the database are held back meanwhile. */
  | { kind: 'partition'; process: number; atMs: number; ms: number }
  /** The database is restarted, or fails over to a synchronous standby: statements fail, and answers are lost. */
  | { kind: 'outage'; atMs: number; ms: number }
  /** The database fails over to an asynchronous standby, which lacks the commits of the last `lagMs`. */
  | { kind: 'failover'; atMs: number; lagMs: number }
  | { kind: 'clock'; process: number; atMs: number; ms: number }
  | { kind: 'crashAt'; process: number; atMs: number; downMs: number }
  /** Meanwhile no call gets through and no look is answered. */
  | { kind: 'upstreamDown'; atMs: number; ms: number; mode: CallMode }
  /** What becomes of the n-th call, or the n-th look, at the upstream. */
  | { kind: 'call'; nth: number; mode: CallMode; ms: number }
  | { kind: 'look'; nth: number; mode: LookMode; ms: number };

export type Action =
  | { kind: 'press'; atMs: number; draft: number; process: number }
  | { kind: 'edit'; atMs: number; draft: number; process: number }
  | { kind: 'visit'; atMs: number; draft: number; process: number }
  | { kind: 'decide'; atMs: number; process: number }
  | { kind: 'purge'; atMs: number; process: number };

/** Everything that happens in one run, as data: what fails can be run again and made smaller. */
export type Plan = {
  seed: number;
  /** How far each process's time of day is off, in milliseconds. */
  clockOffsetsMs: number[];
  roundMs: number;
  queryTimeoutMs: number | undefined;
  drafts: { phone: number; paysByCard: boolean; isUnwanted: boolean }[];
  /** Phones that the upstream knew before. */
  enrolledPhones: number[];
  /** How long a new user stays out of sight at the upstream. */
  invisibleMs: number;
  /** The run goes on until retention has ended everything. */
  runsToRetention: boolean;
  actions: Action[];
  faults: Fault[];
};

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
  const process = () => random.between(0, processes - 1);
  const faults = createFaults(random, process);
  const pressed = faults.flatMap((fault) => (fault.kind === 'upstreamDown' ? pressMeanwhile(random, fault) : []));
  const actions = drafts.flatMap((_, draft) => createActions(random, draft, process));
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
    actions: [...actions, ...pressed],
    faults,
  };
}

/** Clocks differ by less than a lease together, and a new user is in sight before the first look. */
const MAX_CLOCK_OFFSET_MS = 10_000;
const MAX_INVISIBLE_MS = 45_000;

/** Whether another draft of a plan has the phone of this one. */
export const isPhoneShared = ({ drafts }: Plan, draft: number): boolean =>
  drafts.some(({ phone }, other) => other !== draft && phone === drafts[draft]?.phone);

/** By how much the clocks of a plan's processes can differ, from each other and from the true time. */
export function getClockSlackMs({ clockOffsetsMs, faults }: Plan): number {
  const steps = faults.map((fault) => {
    if (fault.kind === 'clock') return Math.abs(fault.ms);
    return fault.kind === 'pause' && fault.stops === 'time of day' ? fault.ms : 0;
  });
  const offsets = Math.max(0, ...clockOffsetsMs) - Math.min(0, ...clockOffsetsMs);
  return offsets + steps.reduce((sum, ms) => sum + ms, 0);
}

/** One customer presses again and again while nothing gets through, on one process. */
function pressMeanwhile(random: Random, { atMs, ms }: { atMs: number; ms: number }): Action[] {
  return Array.from({ length: random.between(2, 8) }, (): Action => {
    return { kind: 'press', atMs: atMs + random.between(1, Math.min(ms, MINUTE_MS)), draft: 0, process: 0 };
  });
}

function createActions(random: Random, draft: number, process: () => number): Action[] {
  // Sometimes shortly before a security code runs out.
  const firstMs = random.chance(0.1) ? random.between(38 * MINUTE_MS, 45 * MINUTE_MS) : random.scaled(1, 2 * MINUTE_MS);
  const actions: Action[] = [{ kind: 'press', atMs: firstMs, draft, process: process() }];
  const press = (atMs: number) => actions.push({ kind: 'press', atMs, draft, process: process() });
  if (random.chance(0.4)) press(firstMs + random.between(0, 600));
  if (random.chance(0.5)) press(firstMs + random.scaled(1_000, 15 * MINUTE_MS));
  if (random.chance(0.2)) press(firstMs + random.between(15 * MINUTE_MS, HOUR_MS));
  if (random.chance(0.3)) press(firstMs + random.between(HOUR_MS, 1.3 * HOUR_MS));
  if (random.chance(0.2)) {
    const atMs = firstMs + random.scaled(100, HOUR_MS);
    actions.push({ kind: 'edit', atMs, draft, process: process() });
    press(atMs + random.scaled(10, MINUTE_MS));
  }
  if (random.chance(0.5)) {
    const atMs = firstMs + random.scaled(1_000, HOUR_MS);
    actions.push({ kind: 'visit', atMs, draft, process: process() });
  }
  if (random.chance(0.2)) {
    const atMs = random.between(15 * MINUTE_MS, HOUR_MS);
    actions.push({ kind: 'decide', atMs, process: process() });
    press(atMs + random.scaled(10, 10 * MINUTE_MS));
  }
  if (random.chance(0.1)) actions.push({ kind: 'purge', atMs: random.scaled(1, HOUR_MS), process: process() });
  return actions;
}

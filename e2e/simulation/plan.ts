import { CALL_MODES, type CallMode, LOOK_MODES, type LookMode } from './modes.ts';
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

export type Fault =
  | { kind: 'crash'; on: Trigger; downMs: number }
  | { kind: 'pause'; on: Trigger; ms: number; stopsMonotonicClock: boolean }
  /** The message is that much late. */
  | { kind: 'late'; on: Trigger; ms: number }
  /** The message never arrives; its process hears of it after `ms`. */
  | { kind: 'lost'; on: Trigger; ms: number }
  /** The answer comes a second time. */
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
/** Between these and what they allow, a fault can send twice. */
const CLAIMS_AND_CALLS = ['receive_claimed', 'claim', 'call'] as const;
const OPERATIONS = [
  ...[
    'receive',
    'renew',
    'release',
    'outdate',
    'outdate_other',
    'release_phone',
    'release_hold',
    'latest',
    'draft',
    'find_lost',
    'recover',
    'find_due',
    'take',
    'select',
  ],
  ...['finish_succeeded', 'finish_refused', 'finish_received', 'finish_ambiguous', 'finish_parked', 'clear'],
  ...['look_again', 'rivals', 'look', 'link', 'any'],
] as [string, ...string[]];

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
  return {
    seed,
    clockOffsetsMs: Array.from({ length: processes }, () =>
      random.chance(0.3) ? random.between(-MAX_CLOCK_OFFSET_MS, MAX_CLOCK_OFFSET_MS) : 0,
    ),
    roundMs: random.pick([20_000, 60_000, 60_000]),
    queryTimeoutMs: random.chance(0.5) ? 1_500 : undefined,
    drafts,
    enrolledPhones: random.chance(0.1) ? [0] : [],
    invisibleMs: random.chance(0.4) ? random.between(0, MAX_INVISIBLE_MS) : 0,
    runsToRetention: random.chance(0.2),
    actions: drafts.flatMap((_, draft) => createActions(random, draft, process)),
    faults: Array.from({ length: random.between(1, 4) }, () => createFault(random, process)),
  };
}

/** Clocks differ by less than a lease together, and a new user is in sight before the first look. */
const MAX_CLOCK_OFFSET_MS = 10_000;
const MAX_INVISIBLE_MS = 45_000;

function createActions(random: Random, draft: number, process: () => number): Action[] {
  const firstMs = random.scaled(1, 2 * MINUTE_MS);
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

function createFault(random: Random, process: () => number): Fault {
  const atMs = random.scaled(1, 10 * MINUTE_MS);
  const on: Trigger = {
    process: random.chance(0.5) ? process() : undefined,
    operation: random.chance(0.3) ? random.pick(CLAIMS_AND_CALLS) : random.pick(OPERATIONS),
    nth: random.chance(0.6) ? 1 : random.between(2, 6),
    phase: random.chance(0.5) ? 'request' : 'answer',
  };
  // Half of the long ones outlast what the reconcilers need to take a call over.
  const longMs = random.chance(0.5) ? random.between(200_000, 500_000) : random.scaled(100, 10 * MINUTE_MS);
  const roll = random.between(0, 99);
  if (roll < 12) return { kind: 'crash', on, downMs: random.scaled(1_000, 30 * MINUTE_MS) };
  if (roll < 20) {
    return { kind: 'pause', on, ms: longMs, stopsMonotonicClock: random.chance(0.5) };
  }
  if (roll < 32) return { kind: 'late', on, ms: longMs };
  if (roll < 40) return { kind: 'lost', on, ms: random.scaled(1, 20_000) };
  if (roll < 42) return { kind: 'twice', on, ms: random.scaled(1, 20_000) };
  if (roll < 45) return { kind: 'conflict', on };
  if (roll < 48) return { kind: 'partition', process: process(), atMs, ms: longMs };
  if (roll < 51) return { kind: 'outage', atMs, ms: random.scaled(100, MINUTE_MS) };
  if (roll < 53) return { kind: 'failover', atMs, lagMs: random.scaled(10, 5_000) };
  if (roll < 55) return { kind: 'clock', process: process(), atMs, ms: random.between(-60_000, 10_000) };
  if (roll < 59) return { kind: 'crashAt', process: process(), atMs, downMs: random.scaled(1_000, 30 * MINUTE_MS) };
  const nth = random.chance(0.7) ? 1 : random.between(2, 3);
  if (roll < 90) return { kind: 'call', nth, mode: random.pick(CALL_MODES), ms: random.scaled(1, MINUTE_MS) };
  return { kind: 'look', nth: random.between(1, 6), mode: random.pick(LOOK_MODES), ms: random.scaled(1, 5_000) };
}

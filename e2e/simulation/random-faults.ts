import { CALL_MODES, type CallMode, LOOKUP_MODES, UNKNOWN_RESULT_MODES } from './modes.ts';
import type { Fault, Trigger } from './plan.ts';
import type { Random } from './random.ts';

type Operations = readonly [string, ...string[]];

const MINUTE_MS = 60_000;
/** A fault at one of these operations is the likeliest to make two calls. */
const CLAIMS_AND_CALLS: Operations = ['receive_claimed', 'claim', 'call'];
const PRESS_OPERATIONS: Operations = [
  'look',
  'receive',
  'latest',
  'draft',
  'renew',
  'release',
  'outdate',
  'outdate_other',
  'release_phone',
  'holder',
  'finish_succeeded',
  'finish_refused',
  'finish_received',
  'finish_ambiguous',
];
const RECONCILE_OPERATIONS: Operations = [
  'take',
  'find_lost',
  'recover',
  'find_due',
  'select',
  'look',
  'look_again',
  'clear',
  'claim',
  'call',
  'rivals',
  'link',
  'finish_succeeded',
  'finish_refused',
  'finish_parked',
  'finish_ambiguous',
];
const ALL_OPERATIONS: Operations = ['any', ...PRESS_OPERATIONS, ...RECONCILE_OPERATIONS];

/** The theme that relates the faults of one run: chance alone would rarely make two of them meet. */
const THEMES = ['anything', 'anything', 'press', 'reconciling', 'upstream down', 'suspended'] as const;

type Choice = { random: Random; process: () => number };

/** One to four faults. */
export function createRandomFaults(random: Random, process: () => number): Fault[] {
  const theme = random.pick(THEMES);
  const choice = { random, process };
  const createOtherFaults = (max: number, operations: Operations) =>
    Array.from({ length: random.between(theme === 'anything' ? 1 : 0, max) }, () => createFault(choice, operations));
  switch (theme) {
    case 'anything':
      return createOtherFaults(4, ALL_OPERATIONS);
    case 'press':
      return [createTriggeredFault(choice, PRESS_OPERATIONS), ...createOtherFaults(3, PRESS_OPERATIONS)];
    case 'reconciling':
      return [createUnknownFate(choice), ...createOtherFaults(3, RECONCILE_OPERATIONS)];
    case 'suspended':
      return [createSuspension(choice), ...createOtherFaults(2, RECONCILE_OPERATIONS)];
    case 'upstream down':
      return [createUpstreamDown(choice), ...createOtherFaults(2, ALL_OPERATIONS)];
  }
}

const pickLongMs = (random: Random) =>
  // Half of the long ones outlast what the reconcilers need to take a call over.
  random.chance(0.5) ? random.between(200_000, 500_000) : random.scaled(100, 10 * MINUTE_MS);

/** The first call, and sometimes the one after it, is lost one way or another. */
function createUnknownFate({ random }: Choice): Fault {
  const nth = random.chance(0.8) ? 1 : 2;
  return { kind: 'call', nth, mode: random.pick(UNKNOWN_RESULT_MODES), ms: random.scaled(1, MINUTE_MS) };
}

function createUpstreamDown({ random }: Choice): Fault {
  const modes: [CallMode, ...CallMode[]] = ['connection refused', 'busy with a wait', 'fails before', 'key denied'];
  const atMs = random.scaled(1, 2 * MINUTE_MS);
  return { kind: 'upstreamDown', atMs, ms: random.scaled(20_000, 30 * MINUTE_MS), mode: random.pick(modes) };
}

function createTrigger({ random, process }: Choice, operations: Operations): Trigger {
  return {
    process: random.chance(0.5) ? process() : undefined,
    operation: random.chance(0.35) ? random.pick(CLAIMS_AND_CALLS) : random.pick(operations),
    nth: random.chance(0.6) ? 1 : random.between(2, 6),
    phase: random.chance(0.5) ? 'request' : 'answer',
  };
}

const STOPPED_CLOCKS = ['no clock', 'monotonic clock', 'time of day'] as const;

/** A process with a claim is suspended for longer than the others need to take it over. */
function createSuspension({ random, process }: Choice): Fault {
  const operation = random.pick(CLAIMS_AND_CALLS);
  const phase = operation === 'call' ? 'request' : 'answer';
  const trigger: Trigger = { process: random.chance(0.5) ? process() : undefined, operation, nth: 1, phase };
  return { kind: 'pause', on: trigger, ms: random.between(200_000, 600_000), stops: random.pick(STOPPED_CLOCKS) };
}

/** A fault that happens when an operation does. */
function createTriggeredFault(choice: Choice, operations: Operations): Fault {
  const { random } = choice;
  const trigger = createTrigger(choice, operations);
  const longMs = pickLongMs(random);
  const roll = random.between(0, 49);
  if (roll < 11) return { kind: 'crash', on: trigger, downMs: random.scaled(1_000, 30 * MINUTE_MS) };
  if (roll < 25) {
    return { kind: 'pause', on: trigger, ms: longMs, stops: random.pick(STOPPED_CLOCKS) };
  }
  if (roll < 36) return { kind: 'late', on: trigger, ms: longMs };
  if (roll < 43) return { kind: 'lost', on: trigger, ms: random.scaled(1, 20_000) };
  if (roll < 47) return { kind: 'twice', on: trigger, ms: random.scaled(1, 20_000) };
  return { kind: 'conflict', on: trigger };
}

function createFault(choice: Choice, operations: Operations): Fault {
  const { random, process } = choice;
  const atMs = random.scaled(1, 10 * MINUTE_MS);
  const roll = random.between(0, 99);
  if (roll < 45) return createTriggeredFault(choice, operations);
  if (roll < 48) return { kind: 'partition', process: process(), atMs, ms: pickLongMs(random) };
  if (roll < 51) return { kind: 'outage', atMs, ms: random.scaled(100, MINUTE_MS) };
  if (roll < 53) return { kind: 'failover', atMs, lagMs: random.scaled(10, 5_000) };
  if (roll < 55) return { kind: 'clock', process: process(), atMs, ms: random.between(-60_000, 10_000) };
  if (roll < 59) return { kind: 'crashAt', process: process(), atMs, downMs: random.scaled(1_000, 30 * MINUTE_MS) };
  const nth = random.chance(0.7) ? 1 : random.between(2, 3);
  if (roll < 87) return { kind: 'call', nth, mode: random.pick(CALL_MODES), ms: random.scaled(1, MINUTE_MS) };
  return { kind: 'look', nth: random.between(1, 6), mode: random.pick(LOOKUP_MODES), ms: random.scaled(1, 5_000) };
}

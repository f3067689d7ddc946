import type { CallMode, LookupMode } from './modes.ts';

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
  /** For `ms`, no call gets through and no lookup is answered. */
  | { kind: 'upstreamDown'; atMs: number; ms: number; mode: CallMode }
  /** What happens to the n-th call, or the n-th lookup, at the upstream. */
  | { kind: 'call'; nth: number; mode: CallMode; ms: number }
  | { kind: 'look'; nth: number; mode: LookupMode; ms: number };

export type Action =
  | { kind: 'press'; atMs: number; draft: number; process: number }
  | { kind: 'edit'; atMs: number; draft: number; process: number }
  | { kind: 'visit'; atMs: number; draft: number; process: number }
  | { kind: 'decide'; atMs: number; process: number }
  | { kind: 'purge'; atMs: number; process: number };

/** Everything that happens in one run, as data, so that a failing run can be repeated and shrunk. */
export type Plan = {
  seed: number;
  /** How far each process's time of day is off, in milliseconds. */
  clockOffsetsMs: number[];
  roundMs: number;
  queryTimeoutMs: number | undefined;
  drafts: { phone: number; paysByCard: boolean; isUnwanted: boolean }[];
  /** Phones that the upstream knew before. */
  enrolledPhones: number[];
  /** How long lookups do not show a new user. */
  invisibleMs: number;
  /** An operator decides on parked submissions before their hold ends. */
  hasOperator: boolean;
  /** The run goes on until the purge has ended all submissions. */
  runsToRetention: boolean;
  actions: Action[];
  faults: Fault[];
};

/** Returns true when another draft of a plan has the phone of this one. */
export const isPhoneShared = ({ drafts }: Plan, draft: number): boolean =>
  drafts.some(({ phone }, index) => index !== draft && phone === drafts[draft]?.phone);

/** By how much the clocks of a plan's processes can differ, from each other and from the true time. */
export function getClockSlackMs({ clockOffsetsMs, faults }: Plan): number {
  const steps = faults.map((fault) => {
    if (fault.kind === 'clock') return Math.abs(fault.ms);
    return fault.kind === 'pause' && fault.stops === 'time of day' ? fault.ms : 0;
  });
  const offsets = Math.max(0, ...clockOffsetsMs) - Math.min(0, ...clockOffsetsMs);
  return offsets + steps.reduce((sum, ms) => sum + ms, 0);
}

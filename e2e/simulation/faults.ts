import type { CallMode, LookMode } from './modes.ts';
import type { Fault, Plan, Trigger } from './plan.ts';
import type { Process } from './process.ts';

/** What happens to one message on its way. */
export type Passage = {
  delayMs: number;
  /** It never arrives; its process hears of it after so many milliseconds. */
  lostAfterMs: number | undefined;
  /** It arrives a second time, so many milliseconds after the first. */
  repeatAfterMs: number | undefined;
  isConflict: boolean;
};

export type Faults = {
  /** A message comes to this point: crashes and pauses of its process happen at once. */
  meet: (process: Process, operation: string, phase: Trigger['phase']) => Passage;
  nextCall: () => { mode: CallMode; ms: number } | undefined;
  nextLook: () => { mode: LookMode; ms: number } | undefined;
  /** Milliseconds until this process reaches the database again. */
  partitionLeftMs: (process: number) => number;
  isDatabaseDown: () => boolean;
  /** Until now, and from `heal` on, everything works. */
  begin: () => void;
  heal: () => void;
};

type Surroundings = {
  elapsedMs: () => number;
  note: (line: string) => void;
  crash: (process: Process, downMs: number) => void;
};

/** The faults of a plan, each ready to happen once. */
export function createFaults({ faults }: Plan, { elapsedMs, note, crash }: Surroundings): Faults {
  const meetings = new Map<Fault, number>();
  let [calls, looks, isActive] = [0, 0, false];
  const isDuring = ({ atMs, ms }: { atMs: number; ms: number }) => elapsedMs() >= atMs && elapsedMs() < atMs + ms;

  function findUpstreamDown(): { mode: CallMode; ms: number } | undefined {
    const fault = faults.find((one) => one.kind === 'upstreamDown' && isDuring(one));
    return fault?.kind === 'upstreamDown' ? fault : undefined;
  }

  function isDue(fault: Fault, on: Trigger, process: Process, operation: string, phase: Trigger['phase']): boolean {
    const isMet =
      on.phase === phase &&
      (on.process === undefined || on.process === process.index) &&
      (on.operation === 'any' || on.operation === operation);
    if (!isMet) return false;
    const count = (meetings.get(fault) ?? 0) + 1;
    meetings.set(fault, count);
    return count === on.nth;
  }

  function apply(fault: Fault, process: Process, passage: Passage): void {
    switch (fault.kind) {
      case 'crash':
        crash(process, fault.downMs);
        return;
      case 'pause':
        process.pause(fault.ms, fault.stops);
        return;
      case 'late':
        passage.delayMs += fault.ms;
        return;
      case 'lost':
        passage.lostAfterMs = fault.ms;
        return;
      case 'twice':
        passage.repeatAfterMs = fault.ms;
        return;
      case 'conflict':
        passage.isConflict = true;
        return;
      default:
        return;
    }
  }

  return {
    meet(process, operation, phase) {
      const passage: Passage = {
        delayMs: 0,
        lostAfterMs: undefined,
        repeatAfterMs: undefined,
        isConflict: false,
      };
      for (const fault of isActive ? faults : []) {
        if (!('on' in fault) || !isDue(fault, fault.on, process, operation, phase)) continue;
        note(`p${process.index} ${operation}: ${fault.kind} at its ${phase}`);
        apply(fault, process, passage);
      }
      return passage;
    },
    nextCall() {
      calls += 1;
      if (!isActive) return undefined;
      const fault = faults.find((one) => one.kind === 'call' && one.nth === calls);
      return fault?.kind === 'call' ? fault : findUpstreamDown();
    },
    nextLook() {
      looks += 1;
      if (!isActive) return undefined;
      const fault = faults.find((one) => one.kind === 'look' && one.nth === looks);
      return fault?.kind === 'look' ? fault : findUpstreamDown() && { mode: 'fails', ms: 0 };
    },
    partitionLeftMs(index) {
      const ends = faults.flatMap((fault) =>
        isActive && fault.kind === 'partition' && fault.process === index && isDuring(fault)
          ? [fault.atMs + fault.ms - elapsedMs()]
          : [],
      );
      return Math.max(0, ...ends);
    },
    isDatabaseDown: () => isActive && faults.some((fault) => fault.kind === 'outage' && isDuring(fault)),
    begin() {
      isActive = true;
    },
    heal() {
      isActive = false;
    },
  };
}

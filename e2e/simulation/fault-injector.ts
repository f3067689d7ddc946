import type { CallMode, LookupMode } from './modes.ts';
import type { Fault, Plan, Trigger } from './plan.ts';
import type { Process } from './process.ts';

/** What happens to one message between a process and the database. */
export type MessageDelivery = {
  delayMs: number;
  /** It never arrives; its process hears of it after so many milliseconds. */
  lostAfterMs: number | undefined;
  /** It arrives a second time, so many milliseconds after the first. */
  repeatAfterMs: number | undefined;
  isConflict: boolean;
};

export type FaultInjector = {
  /** A message comes to this point: crashes and pauses of its process happen at once. */
  interceptMessage: (process: Process, operation: string, phase: Trigger['phase']) => MessageDelivery;
  nextCall: () => { mode: CallMode; ms: number } | undefined;
  nextLookup: () => { mode: LookupMode; ms: number } | undefined;
  /** Milliseconds until this process reaches the database again. */
  partitionLeftMs: (process: number) => number;
  isDatabaseDown: () => boolean;
  /** Until now, and from `heal` on, everything works. */
  start: () => void;
  recover: () => void;
};

type Dependencies = {
  elapsedMs: () => number;
  log: (line: string) => void;
  crash: (process: Process, downMs: number) => void;
};

/** The faults of a plan, each ready to happen once. */
export function createFaultInjector({ faults }: Plan, { elapsedMs, log, crash }: Dependencies): FaultInjector {
  const matchCounts = new Map<Fault, number>();
  let [callCount, lookupCount, isActive] = [0, 0, false];
  const isDuring = ({ atMs, ms }: { atMs: number; ms: number }) => elapsedMs() >= atMs && elapsedMs() < atMs + ms;

  function findUpstreamDown(): { mode: CallMode; ms: number } | undefined {
    const fault = faults.find((candidate) => candidate.kind === 'upstreamDown' && isDuring(candidate));
    return fault?.kind === 'upstreamDown' ? fault : undefined;
  }

  function isDue(
    fault: Fault,
    trigger: Trigger,
    process: Process,
    operation: string,
    phase: Trigger['phase'],
  ): boolean {
    const isMatch =
      trigger.phase === phase &&
      (trigger.process === undefined || trigger.process === process.index) &&
      (trigger.operation === 'any' || trigger.operation === operation);
    if (!isMatch) return false;
    const count = (matchCounts.get(fault) ?? 0) + 1;
    matchCounts.set(fault, count);
    return count === trigger.nth;
  }

  function applyFault(fault: Fault, process: Process, delivery: MessageDelivery): void {
    switch (fault.kind) {
      case 'crash':
        crash(process, fault.downMs);
        return;
      case 'pause':
        process.pause(fault.ms, fault.stops);
        return;
      case 'late':
        delivery.delayMs += fault.ms;
        return;
      case 'lost':
        delivery.lostAfterMs = fault.ms;
        return;
      case 'twice':
        delivery.repeatAfterMs = fault.ms;
        return;
      case 'conflict':
        delivery.isConflict = true;
        return;
      default:
        return;
    }
  }

  return {
    interceptMessage(process, operation, phase) {
      const delivery: MessageDelivery = {
        delayMs: 0,
        lostAfterMs: undefined,
        repeatAfterMs: undefined,
        isConflict: false,
      };
      for (const fault of isActive ? faults : []) {
        if (!('on' in fault) || !isDue(fault, fault.on, process, operation, phase)) continue;
        log(`p${process.index} ${operation}: ${fault.kind} at its ${phase}`);
        applyFault(fault, process, delivery);
      }
      return delivery;
    },
    nextCall() {
      callCount += 1;
      if (!isActive) return undefined;
      const fault = faults.find((candidate) => candidate.kind === 'call' && candidate.nth === callCount);
      return fault?.kind === 'call' ? fault : findUpstreamDown();
    },
    nextLookup() {
      lookupCount += 1;
      if (!isActive) return undefined;
      const fault = faults.find((candidate) => candidate.kind === 'look' && candidate.nth === lookupCount);
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
    start() {
      isActive = true;
    },
    recover() {
      isActive = false;
    },
  };
}

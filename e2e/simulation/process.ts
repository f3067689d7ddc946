import type { Runtime } from '../../lib/config/runtime.ts';
import type { StoppedClock } from './plan.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';

/** The time of day at the start of every run, in milliseconds. */
export const START_MS = Date.parse('2026-11-24T12:00:00Z');

/** A time of day that stood still is set right so long after its process goes on. */
const CLOCK_CORRECTION_MS = 500;

/** One simulated process of the app: its clocks, and whether it runs at all. */
export type Process = {
  index: number;
  runtime: Runtime;
  /** The runtime of work that may be put off while there is nothing to do. */
  idleRuntime: Runtime;
  isAlive: () => boolean;
  crash: () => void;
  /** Nothing of it runs for `ms` milliseconds, as of a suspended machine. */
  pause: (ms: number, stops: StoppedClock) => void;
  /** Sets the time of day. */
  stepClock: (ms: number) => void;
  /** Runs something in this process: later while it is paused, and never after it has crashed. @returns cancels it */
  deliver: (delayMs: number, action: () => unknown, isIdle?: boolean) => () => void;
};

/** @param offsetMs how far its time of day is from the true one */
export function createProcess(scheduler: Scheduler, random: Random, index: number, offsetMs: number): Process {
  let isAlive = true;
  let currentOffsetMs = offsetMs;
  let stoppedMs = 0;
  let pausedUntilMs = 0;

  function deliver(delayMs: number, action: () => unknown, isIdle = false): () => void {
    let cancel = scheduler.schedule(delayMs, tryRun, isIdle);
    function tryRun(): unknown {
      if (!isAlive) return undefined;
      const leftMs = pausedUntilMs - scheduler.elapsedMs();
      if (leftMs <= 0) return action();
      cancel = scheduler.schedule(leftMs, tryRun);
      return undefined;
    }
    return () => cancel();
  }

  const createRuntime = (isIdle: boolean): Runtime => ({
    now: () => new Date(START_MS + scheduler.elapsedMs() + currentOffsetMs),
    monotonicMs: () => scheduler.elapsedMs() - stoppedMs,
    setTimer: (ms, callback) => deliver(ms, callback, isIdle),
    sleep: (ms) => new Promise((resolve) => deliver(ms, () => resolve(undefined), isIdle)),
    random: random.next,
  });

  return {
    index,
    runtime: createRuntime(false),
    idleRuntime: createRuntime(true),
    isAlive: () => isAlive,
    crash() {
      isAlive = false;
    },
    pause(ms, stops) {
      // One suspension stops one clock. With both stopped, a process cannot know of it (docs/simulation.md).
      if (scheduler.elapsedMs() < pausedUntilMs) return;
      pausedUntilMs = scheduler.elapsedMs() + ms;
      if (stops === 'monotonic clock') stoppedMs += ms;
      if (stops !== 'time of day') return;
      currentOffsetMs -= ms;
      scheduler.schedule(ms + CLOCK_CORRECTION_MS, () => {
        currentOffsetMs += ms;
      });
    },
    stepClock(ms) {
      currentOffsetMs += ms;
    },
    deliver,
  };
}

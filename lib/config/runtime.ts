/** What a process takes from its surroundings besides the network: time, timers and chance. The simulation passes its own. */
export type Runtime = {
  /** The time of day. It may be set back. */
  now: () => Date;
  /** Milliseconds that never go back (`performance.now`). */
  monotonicMs: () => number;
  /** Calls back once after `ms` milliseconds. @returns cancels it */
  setTimer: (ms: number, callback: () => void) => () => void;
  /** Resolves after `ms` milliseconds. */
  sleep: (ms: number) => Promise<undefined>;
  /** At least 0 and less than 1 (`Math.random`): for the length of pauses, never for a secret. */
  random: () => number;
};

function setTimer(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}

/** The runtime of a real process. */
export const systemRuntime: Runtime = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  setTimer,
  sleep: (ms) => new Promise((resolve) => setTimer(ms, () => resolve(undefined))),
  random: Math.random,
};

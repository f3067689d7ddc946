/** Time, timers and chance; the simulation passes its own. */
export type Runtime = {
  /** Time of day, which may be set back. */
  now: () => Date;
  /** Monotonic milliseconds (`performance.now`). */
  monotonicMs: () => number;
  /** Calls back once after `ms` milliseconds. @returns a function that cancels it */
  setTimer: (ms: number, callback: () => void) => () => void;
  /** Resolves after `ms` milliseconds. */
  sleep: (ms: number) => Promise<undefined>;
  /** From 0 to below 1, for the length of pauses, never for a secret. */
  random: () => number;
};

function setTimer(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}

export const systemRuntime: Runtime = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
  setTimer,
  sleep: (ms) => new Promise((resolve) => setTimer(ms, () => resolve(undefined))),
  random: Math.random,
};

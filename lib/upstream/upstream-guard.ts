import {
  BulkheadRejectedError,
  bulkhead,
  CircuitState,
  ConsecutiveBreaker,
  circuitBreaker,
  handleWhenResult,
  type IBreaker,
  isBrokenCircuitError,
  SamplingBreaker,
} from 'cockatiel';
import { type Runtime, systemRuntime } from '../config/runtime.ts';

type GuardLimits = {
  /** Failures in a row, or percent of failures within half a minute (100: never), that open the breaker. */
  failuresInARow: number;
  failurePercent: number;
  /** Milliseconds that it stays open before one real call may try. */
  cooldownMs: number;
  /** Calls at once, calls that wait, and milliseconds that one waits. */
  calls: number;
  queue: number;
  queueWait: number;
};

type GuardedCall<T> = () => Promise<{ value: T; isFailure: boolean }>;

/** Lets work at the upstream begin, or says at once that it must not. What is not admitted has not begun. */
export type UpstreamGuard = {
  run: <T>(work: GuardedCall<T>) => Promise<{ admitted: true; value: T } | { admitted: false; reason: string }>;
};

const SAMPLING_WINDOW_MS = 30_000;
const MIN_CALLS = 10;

const createSamplingBreaker = (percent: number) =>
  new SamplingBreaker({
    threshold: percent / 100,
    duration: SAMPLING_WINDOW_MS,
    minimumRps: MIN_CALLS / (SAMPLING_WINDOW_MS / 1_000),
  });

/** Opens when either rule says so. */
function mergeBreakers(first: IBreaker, second: IBreaker): IBreaker {
  return {
    get state() {
      return [first.state, second.state];
    },
    set state(value) {
      [first.state, second.state] = value as [unknown, unknown];
    },
    success(state) {
      first.success(state);
      second.success(state);
    },
    failure(state) {
      const results = [first.failure(state), second.failure(state)];
      return results.includes(true);
    },
  };
}

/**
 * Breaker and bulkhead before the upstream, for this process. There is no retry policy and must be none: what may be
 * repeated is the ledger's to say. A probe after the rest is a customer's own submission, never an invented call.
 *
 * @param onChange hears when the breaker opens and closes
 */
export function createUpstreamGuard(
  limits: GuardLimits,
  onChange: (isOpen: boolean) => void,
  { now, setTimer }: Pick<Runtime, 'now' | 'setTimer'> = systemRuntime,
): UpstreamGuard {
  const consecutiveBreaker = new ConsecutiveBreaker(limits.failuresInARow);
  const breaker = circuitBreaker(
    handleWhenResult((result) => (result as { isFailure: boolean }).isFailure),
    {
      halfOpenAfter: 0, // `openUntil` says when, by the clock that was passed
      breaker:
        limits.failurePercent < 100
          ? mergeBreakers(consecutiveBreaker, createSamplingBreaker(limits.failurePercent))
          : consecutiveBreaker,
    },
  );
  const callBulkhead = bulkhead(limits.calls, limits.queue);
  let openUntil = 0;
  breaker.onBreak(() => {
    openUntil = now().getTime() + limits.cooldownMs;
    onChange(true);
  });
  breaker.onReset(() => {
    openUntil = 0;
    onChange(false);
  });
  // While one call tries, the library would let the others wait for it; here nobody waits for a stranger's call.
  const isClosed = () => now().getTime() >= openUntil && breaker.state !== CircuitState.HalfOpen;

  return {
    async run<T>(work: GuardedCall<T>) {
      if (!isClosed()) return { admitted: false, reason: 'breaker open' };
      let isLate = false;
      const queueTimeout = Promise.withResolvers<undefined>();
      const stopWaiting = setTimer(limits.queueWait, () => {
        isLate = true;
        queueTimeout.resolve(undefined);
      });
      const startCall = () => {
        stopWaiting();
        return isLate || !isClosed() ? undefined : breaker.execute(work);
      };
      try {
        const result = await Promise.race([callBulkhead.execute(startCall), queueTimeout.promise]);
        return result ? { admitted: true, value: result.value } : { admitted: false, reason: 'busy' };
      } catch (error) {
        if (error instanceof BulkheadRejectedError) return { admitted: false, reason: 'queue full' };
        if (isBrokenCircuitError(error)) return { admitted: false, reason: 'breaker open' };
        throw error;
      } finally {
        stopWaiting();
      }
    },
  };
}

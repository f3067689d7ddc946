import {
  BulkheadRejectedError,
  bulkhead,
  type CircuitBreakerPolicy,
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
  /** Failures in a row, or percentage of failures within 30 s (100: never), that open the breaker. */
  failuresInARow: number;
  failurePercent: number;
  /** Milliseconds for which the breaker stays open before one call may try. */
  cooldownMs: number;
  /** Concurrent calls, waiting calls, and longest wait in milliseconds. */
  calls: number;
  queue: number;
  queueWaitMs: number;
};

type GuardedCall<T> = () => Promise<{ value: T; isFailure: boolean }>;

/** Admits a call or refuses it at once; a refused call has not begun. */
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

/** Opens when either breaker opens. */
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

function createBreaker({ failuresInARow, failurePercent }: GuardLimits) {
  const consecutiveBreaker = new ConsecutiveBreaker(failuresInARow);
  // The library takes a trial call that throws for a success; an error of the database proves nothing about the upstream.
  const isTrial = (): boolean => breaker.state === CircuitState.HalfOpen;
  const breaker: CircuitBreakerPolicy = circuitBreaker(
    handleWhenResult((result) => (result as { isFailure: boolean }).isFailure).orWhen(isTrial),
    {
      halfOpenAfter: 0, // `openUntil` decides, by the clock that was passed
      breaker:
        failurePercent < 100
          ? mergeBreakers(consecutiveBreaker, createSamplingBreaker(failurePercent))
          : consecutiveBreaker,
    },
  );
  return breaker;
}

/**
 * Creates this process's circuit breaker and bulkhead. There is no retry policy: the ledger decides what may be repeated. The
 * trial call after the pause is a customer's submission.
 *
 * @param onChange called when the breaker opens or closes
 */
export function createUpstreamGuard(
  limits: GuardLimits,
  onChange: (isOpen: boolean) => void,
  { now, setTimer }: Pick<Runtime, 'now' | 'setTimer'> = systemRuntime,
): UpstreamGuard {
  const breaker = createBreaker(limits);
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
  // During the trial call the library would let other calls wait for it; the app refuses them instead.
  const isClosed = () => now().getTime() >= openUntil && breaker.state !== CircuitState.HalfOpen;

  return {
    async run<T>(work: GuardedCall<T>) {
      if (!isClosed()) return { admitted: false, reason: 'breaker open' };
      let isLate = false;
      const queueTimeout = Promise.withResolvers<undefined>();
      const stopWaiting = setTimer(limits.queueWaitMs, () => {
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

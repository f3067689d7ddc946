import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { getProcessSingleton } from '../config/process-singleton.ts';
import { isWithinFairShare } from './fair-share.ts';

export type LoadSheddingLimits = {
  /** Requests in flight of one client. */
  perClient: number;
  /** Requests in flight. Most of them wait for the upstream, which costs no CPU. */
  requests: number;
  /**
   * Requests in flight while the event loop has no idle time: more would slow down each without raising the throughput.
   */
  busyRequests: number;
  /** Milliseconds that the event loop may lag, as the 99th percentile of one second. */
  delay: number;
};

/**
 * Up to seven requests are served during a lag: loading a page's code for the first time blocks for a quarter of a
 * second.
 */
const LAGGING_CAPACITY = 7;
const BUSY_UTILIZATION = 0.95;
const SAMPLE_EVERY_MS = 50;
/** Refusing requests creates idle time: without this, the first idle moment would admit all waiting clients at once. */
const BUSY_HOLD_MS = 1_000;

/** Returns the lag of the event loop in the last second, and whether it had no idle time within `BUSY_HOLD_MS`. */
const getEventLoopState = () =>
  getProcessSingleton('loop', () => {
    const state = { delay: 0, isBusy: false };
    const histogram = monitorEventLoopDelay({ resolution: 10 });
    histogram.enable();
    setInterval(() => {
      state.delay = histogram.percentile(99) / 1e6;
      histogram.reset();
    }, 1_000).unref();
    let lastUtilization = performance.eventLoopUtilization();
    let busyAt = Number.NEGATIVE_INFINITY;
    setInterval(() => {
      const currentUtilization = performance.eventLoopUtilization();
      if (performance.eventLoopUtilization(currentUtilization, lastUtilization).utilization > BUSY_UTILIZATION)
        busyAt = performance.now();
      state.isBusy = performance.now() - busyAt < BUSY_HOLD_MS;
      lastUtilization = currentUtilization;
    }, SAMPLE_EVERY_MS).unref();
    return state;
  });

/** Returns the number of requests that may be in flight at this moment. */
function readCapacity({ requests, busyRequests, delay }: LoadSheddingLimits): number {
  const { delay: lagMs, isBusy } = getEventLoopState();
  return Math.min(requests, isBusy ? busyRequests : requests, lagMs > delay ? LAGGING_CAPACITY : requests);
}

/**
 * Returns whether the server must refuse one more request of a client. It refuses before it reads the body.
 *
 * @param inFlight requests in flight of each client
 */
export const isOverloaded = (
  inFlight: ReadonlyMap<string, number>,
  client: string,
  limits: LoadSheddingLimits,
): boolean => !isWithinFairShare(inFlight, client, readCapacity(limits));

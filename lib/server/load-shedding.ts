import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { getProcessSingleton } from '../config/process-singleton.ts';
import { isWithinFairShare } from './fair-share.ts';

export type LoadSheddingLimits = {
  /** Requests in flight of one client. */
  perClient: number;
  /** Requests at once. Most of them wait for the upstream, which costs nothing. */
  requests: number;
  /** Requests at once while the process has no time left: more make each slower, and no more of them done. */
  busyRequests: number;
  /** Milliseconds by which the event loop may lag, in the 99th percentile of one second. */
  delay: number;
};

/** So many requests are no crowd: a lag is then a page that is loaded for the first time, and passes. */
const LAGGING_CAPACITY = 7;
/** The share of its time in which a process with no time left works. */
const BUSY_UTILIZATION = 0.95;
const SAMPLE_EVERY_MS = 50;
/** A moment of rest is what refusing has brought about: without this it would let the whole crowd in at once. */
const BUSY_HOLD_MS = 1_000;

/** How far the event loop lagged in the last second, and whether it has had no time left lately. */
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

/** How many requests at once the server can carry at this moment. */
function readCapacity({ requests, busyRequests, delay }: LoadSheddingLimits): number {
  const { delay: lagMs, isBusy } = getEventLoopState();
  return Math.min(requests, isBusy ? busyRequests : requests, lagMs > delay ? LAGGING_CAPACITY : requests);
}

/**
 * Whether the server has too much to do for one more request of a client. It then says so before it reads a body: refusing
 * early keeps the requests that are served fast.
 *
 * @param inFlight requests in flight of each client
 */
export const isOverloaded = (
  inFlight: ReadonlyMap<string, number>,
  client: string,
  limits: LoadSheddingLimits,
): boolean => !isWithinFairShare(inFlight, client, readCapacity(limits));

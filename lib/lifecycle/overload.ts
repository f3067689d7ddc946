import { monitorEventLoopDelay } from 'node:perf_hooks';
import { inProcess } from '../config/in-process.ts';
import { requestsUnderWay } from './requests.ts';

export type OverloadLimits = {
  /** Requests at once. */
  requests: number;
  /** Milliseconds by which the event loop may lag, in the 99th percentile of one second. */
  delay: number;
};

/** Fewer requests than this are no crowd: a lag is then a page that is loaded for the first time, and passes. */
const CROWD = 8;

/** How far the event loop lagged in the last second. */
const lag = () =>
  inProcess('lag', () => {
    const state = { delay: 0 };
    const histogram = monitorEventLoopDelay({ resolution: 10 });
    histogram.enable();
    setInterval(() => {
      state.delay = histogram.percentile(99) / 1e6;
      histogram.reset();
    }, 1_000).unref();
    return state;
  });

/**
 * Whether this server has too much to do. It then says so before it reads a body: refusing early keeps the requests
 * that are served fast.
 */
export function isOverloaded({ requests, delay }: OverloadLimits): boolean {
  const underWay = requestsUnderWay();
  const { delay: lagged } = lag();
  return underWay > requests || (underWay >= CROWD && lagged > delay);
}

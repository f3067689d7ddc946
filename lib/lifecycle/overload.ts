import { subscribe } from 'node:diagnostics_channel';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { inProcess } from '../config/in-process.ts';

type Limits = {
  /** Requests at once. */
  requests: number;
  /** Milliseconds by which the event loop may lag, in the 99th percentile of one second. */
  delay: number;
};

/**
 * Counts requests under way and measures how far the event loop lags, so that a server with too much to do can say so
 * before it reads a body. Refusing early keeps the ones that are served fast.
 */
const gauge = () =>
  inProcess('overload', () => {
    const state = { requests: 0, delay: 0 };
    subscribe('http.server.request.start', (message) => {
      const { response } = message as { response: { once: (event: 'close', listener: () => void) => void } };
      state.requests += 1;
      response.once('close', () => {
        state.requests -= 1;
      });
    });
    const histogram = monitorEventLoopDelay({ resolution: 10 });
    histogram.enable();
    setInterval(() => {
      state.delay = histogram.percentile(99) / 1e6;
      histogram.reset();
    }, 1_000).unref();
    return state;
  });

export function isOverloaded({ requests, delay }: Limits): boolean {
  const now = gauge();
  return now.requests > requests || now.delay > delay;
}

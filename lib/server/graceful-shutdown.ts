import 'server-only';
import { inProcess } from '../config/in-process.ts';
import { log } from '../observability/logger.ts';
import { countInFlight, endConnectionsWithAnswers } from './in-flight-requests.ts';

const drain = () => inProcess('drain', () => ({ isDraining: false }));

/** Whether this process is on its way out: a balancer must send nobody here any more. */
export const isDraining = (): boolean => drain().isDraining;

const TURNS = 3;
const TURN_MS = 20;
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

type Options = {
  /** Milliseconds in which readiness is red while everything is still served, for a balancer to notice. */
  grace: number;
  /** Milliseconds after which the process ends whatever is left. */
  cap: number;
  stop: () => Promise<void>;
};

/**
 * On SIGTERM and SIGINT: readiness goes red, then the framework stops accepting and finishes what it has begun, calls
 * that go on after their customer was answered included (`after`), and ends the process. The store needs no closing:
 * it has to survive a kill.
 */
export function drainOnSignals({ grace, cap, stop }: Options): void {
  countInFlight(); // counts from now on
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const finish = process.listeners(signal);
    process.removeAllListeners(signal);
    process.on(signal, async () => {
      if (isDraining()) return;
      drain().isDraining = true;
      endConnectionsWithAnswers();
      log({ event: 'server.draining' });
      setTimeout(() => process.exit(1), cap).unref();
      await Promise.all([stop(), pause(grace)]);
      // A busy loop may come here before it has read what arrived during the grace: unread, it would be cut off.
      for (let turn = 0; turn < TURNS; turn += 1) await pause(TURN_MS);
      if (finish.length === 0) process.exit(0);
      for (const listener of finish) listener(signal);
    });
  }
}

import 'server-only';
import { getProcessSingleton } from '../config/process-singleton.ts';
import { log } from '../observability/logger.ts';
import { closeConnectionsAfterResponses, countInFlight } from './in-flight-requests.ts';

const getShutdownState = () => getProcessSingleton('drain', () => ({ isShuttingDown: false }));

/** Whether this process is on its way out: a balancer must send nobody here any more. */
export const isShuttingDown = (): boolean => getShutdownState().isShuttingDown;

const EVENT_LOOP_TURNS = 3;
const TURN_MS = 20;
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

type ShutdownOptions = {
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
export function installShutdownHandlers({ grace, cap, stop }: ShutdownOptions): void {
  countInFlight(); // counts from now on
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    const frameworkListeners = process.listeners(signal);
    process.removeAllListeners(signal);
    process.on(signal, async () => {
      if (isShuttingDown()) return;
      getShutdownState().isShuttingDown = true;
      closeConnectionsAfterResponses();
      log({ event: 'server.draining' });
      setTimeout(() => process.exit(1), cap).unref();
      await Promise.all([stop(), wait(grace)]);
      // A busy loop may come here before it has read what arrived during the grace: unread, it would be cut off.
      for (let turn = 0; turn < EVENT_LOOP_TURNS; turn += 1) await wait(TURN_MS);
      if (frameworkListeners.length === 0) process.exit(0);
      for (const listener of frameworkListeners) listener(signal);
    });
  }
}

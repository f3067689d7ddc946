import 'server-only';
import { getProcessSingleton } from '../config/process-singleton.ts';
import { systemRuntime } from '../config/runtime.ts';
import { log } from '../observability/logger.ts';
import { closeConnectionsAfterResponses } from './in-flight-requests.ts';

const getShutdownState = () => getProcessSingleton('drain', () => ({ isShuttingDown: false }));

/** Returns whether this process drains: a balancer must send it no more requests. */
export const isShuttingDown = (): boolean => getShutdownState().isShuttingDown;

const EVENT_LOOP_TURNS = 3;
const TURN_MS = 20;

/** 128 and the number of the signal, as a shell reports it. */
const EXIT_CODES = { SIGTERM: 143, SIGINT: 130 };

type ShutdownOptions = {
  /** Milliseconds in which readiness is red while everything is still served, for a balancer to notice. */
  grace: number;
  /** Milliseconds after which the process ends without waiting for requests in flight. */
  cap: number;
  /** Ends the background work. */
  stop: () => Promise<void>;
  /** Stops accepting, and resolves when requests in flight and their `after` callbacks have ended. */
  close: () => Promise<void>;
};

/**
 * Drains the process on SIGTERM and SIGINT, in place of the listeners before: readiness goes red, the server finishes
 * the requests in flight, the process ends. The store is not closed: it survives a kill.
 */
export function installShutdownHandlers({ grace, cap, stop, close }: ShutdownOptions): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.removeAllListeners(signal);
    process.on(signal, async () => {
      if (isShuttingDown()) return;
      getShutdownState().isShuttingDown = true;
      closeConnectionsAfterResponses();
      log({ event: 'server.draining' });
      setTimeout(() => process.exit(1), cap).unref();
      await Promise.all([stop(), systemRuntime.sleep(grace)]);
      // A busy event loop may not have read the requests of the grace period yet, and closing would cut them off.
      for (let turn = 0; turn < EVENT_LOOP_TURNS; turn += 1) await systemRuntime.sleep(TURN_MS);
      await close();
      process.exit(EXIT_CODES[signal]);
    });
  }
}

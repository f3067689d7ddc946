import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { getProcessSingleton } from '../config/process-singleton.ts';

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** The part of the server that Next.js bundles. `server.ts` runs outside of the bundles and takes it from here. */
export type AppRuntime = {
  /** Returns the request pipeline in front of the handler of Next.js. */
  createRequestListener: (handle: RequestHandler) => RequestListener;
  /**
   * Logs that the app is ready, and drains it on SIGTERM and SIGINT.
   *
   * @param close resolves when the requests in flight and their `after` callbacks have ended
   */
  start: (port: number, close: () => Promise<void>) => void;
};

const getPendingRuntime = () => getProcessSingleton('app-runtime', () => Promise.withResolvers<AppRuntime>());

/** Hands the app to `server.ts`. The development server may run this again: the first app stays. */
export const setAppRuntime = (runtime: AppRuntime): void => getPendingRuntime().resolve(runtime);

/**
 * Resolves to the app when `instrumentation.ts` has prepared it. Next.js runs that file beside `prepare()`, which does
 * not wait for it.
 */
export const waitForAppRuntime = (): Promise<AppRuntime> => getPendingRuntime().promise;

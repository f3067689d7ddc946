import { AsyncLocalStorage } from 'node:async_hooks';
import { getProcessSingleton } from '../config/process-singleton.ts';

/** What is known of the request that is being answered. */
export type RequestContext = {
  /** Our own code runs for it: what fails from now on is our fault. */
  hasStarted: boolean;
  /** What it carries cannot be read: it is answered with 400. */
  isUnreadable: boolean;
  /** The store has failed while it was answered. */
  isOutage: boolean;
};

/** The context of each request, across the copies of this module that the framework's bundles hold. */
export const getRequestContextStorage = () =>
  getProcessSingleton('request-contexts', () => new AsyncLocalStorage<RequestContext>());

/** From here on, a failure of this request is ours and not the sender's. */
export function setRequestStarted(): void {
  const context = getRequestContextStorage().getStore();
  if (context) context.hasStarted = true;
}

/** The sender's fault: thrown instead of an answer, and answered with 400 (`lib/server/request-pipeline.ts`). */
export class UnreadableRequest extends Error {
  override name = 'UnreadableRequest';
  constructor() {
    super('The request cannot be read');
    const context = getRequestContextStorage().getStore();
    if (context) context.isUnreadable = true;
  }
}

/**
 * Whether a failure is the sender's: the framework gave up before any code of ours ran, so it could not read the
 * request (its decoders of actions, headers and addresses throw plain errors), or our own check said so.
 */
export function isClientError(): boolean {
  const context = getRequestContextStorage().getStore();
  if (!context) return false;
  context.isUnreadable ||= !context.hasStarted;
  return context.isUnreadable;
}

/** The store has failed: a page that cannot be made for it is answered with 503 (`lib/server/outage.ts`). */
export function setRequestOutage(): void {
  const context = getRequestContextStorage().getStore();
  if (context) context.isOutage = true;
}

import { AsyncLocalStorage } from 'node:async_hooks';
import { getProcessSingleton } from '../config/process-singleton.ts';

/** The state of one request while the server handles it. */
export type RequestContext = {
  /** Our own code has started: a later failure is ours, not the client's. */
  hasStarted: boolean;
  /** The request cannot be read: it is answered with 400. */
  isUnreadable: boolean;
  /** The store has failed during the request. */
  isOutage: boolean;
};

/** Returns the storage that all copies of this module share: Next.js bundles several. */
export const getRequestContextStorage = () =>
  getProcessSingleton('request-contexts', () => new AsyncLocalStorage<RequestContext>());

/** Marks that our own code has started: a later failure of this request is ours, not the client's. */
export function setRequestStarted(): void {
  const context = getRequestContextStorage().getStore();
  if (context) context.hasStarted = true;
}

/** A request that the client sent wrongly: the pipeline answers 400 (`lib/server/request-pipeline.ts`). */
export class UnreadableRequest extends Error {
  override name = 'UnreadableRequest';
  constructor() {
    super('The request cannot be read');
    const context = getRequestContextStorage().getStore();
    if (context) context.isUnreadable = true;
  }
}

/**
 * Returns whether the client caused the failure: one of our checks refused the request, or Next.js failed before our
 * code started. Its decoders of actions, headers and addresses throw plain errors.
 */
export function isClientError(): boolean {
  const context = getRequestContextStorage().getStore();
  if (!context) return false;
  context.isUnreadable ||= !context.hasStarted;
  return context.isUnreadable;
}

/** Marks that the store has failed: a page that fails for it is answered with 503 (`lib/server/outage.ts`). */
export function setRequestOutage(): void {
  const context = getRequestContextStorage().getStore();
  if (context) context.isOutage = true;
}

import 'server-only';
import { getStore } from '../store/store.ts';
import { isShuttingDown } from './graceful-shutdown.ts';

/** Returns false while the process drains. A process that answers has an open store. */
export const isServing = (): boolean => !isShuttingDown();

let pendingCheck: Promise<boolean> | undefined;

/**
 * Returns whether the store accepts writes and the process does not drain. Checks at the same time share one query.
 */
export async function isReady(): Promise<boolean> {
  if (!isServing()) return false;
  pendingCheck ??= checkStore().finally(() => {
    pendingCheck = undefined;
  });
  return pendingCheck;
}

const checkStore = async (): Promise<boolean> => (await getStore()).canWrite();

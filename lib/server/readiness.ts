import 'server-only';
import { getStore } from '../store/store.ts';
import { isShuttingDown } from './graceful-shutdown.ts';

/** The process is not on its way out. It answers at all only with an open store. */
export const isServing = (): boolean => !isShuttingDown();

let pendingCheck: Promise<boolean> | undefined;

/**
 * The store is open (migrated, its keys loaded, its folder locked) and accepts writes, and the process is not on its way out.
 * However many ask at once, the database is asked once.
 */
export async function isReady(): Promise<boolean> {
  if (!isServing()) return false;
  pendingCheck ??= checkStore().finally(() => {
    pendingCheck = undefined;
  });
  return pendingCheck;
}

const checkStore = async (): Promise<boolean> => (await getStore()).canWrite();

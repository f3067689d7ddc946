import 'server-only';
import { store } from '../store/store.ts';
import { isDraining } from './graceful-shutdown.ts';

/** The process is not on its way out. It answers at all only with an open store. */
export const isServing = (): boolean => !isDraining();

let current: Promise<boolean> | undefined;

/**
 * The store is open (migrated, its keys loaded, its folder locked) and accepts writes, and the process is not on its way out.
 * However many ask at once, the database is asked once.
 */
export async function isReady(): Promise<boolean> {
  if (!isServing()) return false;
  current ??= askStore().finally(() => {
    current = undefined;
  });
  return current;
}

const askStore = async (): Promise<boolean> => (await store()).canWrite();

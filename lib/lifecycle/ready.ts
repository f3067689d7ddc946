import 'server-only';
import { store } from '../store/store.ts';
import { isDraining } from './drain.ts';

/** How long the database may take to answer, in milliseconds. */
const PATIENCE_MS = 200;

/** The store is open (migrated, its keys loaded, its folder locked) and answers, and the process is not on its way out. */
export async function isReady(): Promise<boolean> {
  if (isDraining()) return false;
  const late = new Promise<false>((resolve) => setTimeout(() => resolve(false), PATIENCE_MS));
  const answers = store()
    .then(({ ping }) => ping())
    .then(
      () => true,
      () => false,
    );
  return Promise.race([answers, late]);
}

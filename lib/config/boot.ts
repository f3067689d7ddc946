import 'server-only';
import { log } from '../observability/logger.ts';
import { store } from '../store/store.ts';
import { brand } from './brand.ts';
import { env } from './env.ts';

/** Reads the configuration and opens the store, or ends the process with one line that says what is wrong. */
export async function boot(): Promise<void> {
  try {
    const { DATABASE_URL } = env();
    brand();
    await store();
    log({ event: 'boot.ready', database: DATABASE_URL ? 'postgres' : 'embedded' });
  } catch (error) {
    process.stderr.write(`Cannot start. ${(error as Error).message}\n`);
    process.exit(1);
  }
}

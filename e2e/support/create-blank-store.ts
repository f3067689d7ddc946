import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { BLANK_STORE_VARIABLE } from './blank-store.ts';

/** Makes an embedded database that has never served, for all servers that this run starts. */
export async function createBlankStore(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await (await PGlite.create(join(folder, 'pglite'))).close();
  process.env[BLANK_STORE_VARIABLE] = folder;
}

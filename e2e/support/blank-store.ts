import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';

const VARIABLE = 'FRONT_DOOR_BLANK_STORE';

/** Makes an embedded database that has never served, for all servers that this run starts. */
export async function createBlankStore(folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  await (await PGlite.create(join(folder, 'pglite'))).close();
  process.env[VARIABLE] = folder;
}

/** Puts it where a server is to find its own: making one takes a processor three seconds. Without a run, nothing. */
export function copyBlankStore(dataFolder: string): void {
  const blankFolder = process.env[VARIABLE];
  if (blankFolder && !existsSync(join(dataFolder, 'pglite'))) cpSync(blankFolder, dataFolder, { recursive: true });
}

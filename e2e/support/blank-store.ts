import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';

/** Names the folder of the embedded database that has never served. */
export const BLANK_STORE_VARIABLE = 'FRONT_DOOR_BLANK_STORE';

/** Puts it where a server is to find its own: making one takes a processor three seconds. Without a run, nothing. */
export function copyBlankStore(dataFolder: string): void {
  const blankFolder = process.env[BLANK_STORE_VARIABLE];
  if (blankFolder && !existsSync(join(dataFolder, 'pglite'))) cpSync(blankFolder, dataFolder, { recursive: true });
}

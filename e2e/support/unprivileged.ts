import { chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const NOBODY = 65_534;

const isRoot = process.getuid?.() === 0;

/** For `spawn`: the user that Postgres and its companions run as when the tests run as root, which they refuse. */
export const UNPRIVILEGED = isRoot ? { uid: NOBODY, gid: NOBODY } : {};

/** Gives a folder and all that is in it to that user. */
export function giveToUnprivileged(folder: string): void {
  if (!isRoot) return;
  chownSync(folder, NOBODY, NOBODY);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chownSync(join(entry.parentPath, entry.name), NOBODY, NOBODY);
  }
}

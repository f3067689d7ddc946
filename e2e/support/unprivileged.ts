import { chownSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const NOBODY_ID = 65_534;

const isRoot = process.getuid?.() === 0;

/** For `spawn`: the user that Postgres and its companions run as when the tests run as root, which they refuse. */
export const UNPRIVILEGED = isRoot ? { uid: NOBODY_ID, gid: NOBODY_ID } : {};

/** Gives a folder and all that is in it to that user. */
export function chownToUnprivileged(folder: string): void {
  if (!isRoot) return;
  chownSync(folder, NOBODY_ID, NOBODY_ID);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) chownSync(join(entry.parentPath, entry.name), NOBODY_ID, NOBODY_ID);
  }
}

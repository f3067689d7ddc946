import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** The data folder belongs to another process. The message names it. */
export class DataDirInUseError extends Error {}

/**
 * Takes a folder for this process alone, or fails at once. PGlite itself takes no lock, and two processes on one
 * folder both report success for work that is lost.
 *
 * The lock is the one that SQLite takes on a file: the kernel holds it and drops it when the process dies however it
 * dies, so there is no stale lock to clean up and no race over one.
 *
 * @returns a function that gives the folder back
 * @throws FolderInUse
 */
export function acquireDataDirLock(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700); // PGlite makes its files readable for everybody
  const holderFile = join(folder, 'holder.json');
  const lock = new DatabaseSync(join(folder, 'lock.sqlite'), { timeout: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    lock.close();
    throw new DataDirInUseError(`The data folder ${folder} is in use by ${formatHolder(holderFile)}.`, { cause });
  }
  writeFileSync(holderFile, JSON.stringify({ pid: process.pid, since: new Date().toISOString() }));
  return () => lock.close();
}

function formatHolder(file: string): string {
  try {
    const { pid, since } = JSON.parse(readFileSync(file, 'utf8')) as { pid: number; since: string };
    return `process ${pid}, since ${since}`;
  } catch {
    return 'another process';
  }
}

import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** Another process has locked the data folder, which the message names. */
export class DataDirInUseError extends Error {}

/**
 * Locks a folder for this process, or fails at once. PGlite takes no lock, and two processes on one folder lose work without
 * an error. SQLite's lock on a file belongs to the kernel, which releases it when the process ends, so no lock is ever stale.
 *
 * @returns a function that releases the folder
 * @throws DataDirInUseError
 */
export function acquireDataDirLock(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  chmodSync(folder, 0o700); // PGlite creates world-readable files
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

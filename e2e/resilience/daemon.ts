import { type ChildProcess, spawn } from 'node:child_process';
import { openSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chownToUnprivileged, UNPRIVILEGED } from '../support/unprivileged.ts';

const env = { ...process.env, PATH: `${process.env['PATH']}${delimiter}/usr/sbin` };

export type Daemon = { pid: number; kill: () => Promise<void> };

/**
 * Starts a program as an unprivileged user, with its output in a file.
 *
 * @param folder the program's home and working folder, which no other program uses
 */
export function startDaemon(folder: string, command: string, args: readonly string[]): Daemon {
  chownToUnprivileged(folder);
  const output = openSync(join(folder, 'output.log'), 'a');
  const child: ChildProcess = spawn(command, args, {
    env: { ...env, HOME: folder },
    cwd: folder,
    stdio: ['ignore', output, output],
    ...UNPRIVILEGED,
  });
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const kill = async () => {
    child.kill('SIGKILL');
    await exit;
  };
  return { pid: child.pid ?? 0, kill };
}

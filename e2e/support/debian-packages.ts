import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Finds a program by the first of its names that is on the path. */
export function findOnPath(names: readonly string[]): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((file) => existsSync(file));
}

/** Runs a program and shows its output on standard error. @returns whether it ended with 0 */
export const runVisibly = (command: string, ...args: string[]): boolean =>
  spawnSync(command, args, { stdio: ['ignore', 2, 2] }).status === 0;

/** Installs packages by `apt-get` where this process is root on Debian, and does nothing elsewhere. */
export function installDebianPackages(packages: readonly string[]): void {
  if (process.getuid?.() === 0 && runVisibly('apt-get', 'update', '-q'))
    runVisibly('apt-get', 'install', '-yq', '--no-install-recommends', ...packages);
}

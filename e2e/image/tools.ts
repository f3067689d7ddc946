import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const execute = promisify(execFile);
const PROGRAMS = ['buildah', 'podman', 'crun', 'mmdebstrap', 'caddy', 'ip', 'unshare', 'mount', 'umount'];
const MAX_OUTPUT_BYTES = 64_000_000;

/** @returns why the rehearsal cannot run on this machine, or undefined */
export function getMissingRequirement(): string | undefined {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return 'it needs Linux and root';
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const missingPrograms = PROGRAMS.filter((name) => !folders.some((folder) => existsSync(join(folder, name))));
  return missingPrograms.length === 0 ? undefined : `the packages of ${missingPrograms.join(', ')} are missing`;
}

/**
 * Runs a program to its end.
 *
 * @returns its standard output, trimmed
 * @throws with both outputs when it ends with another code than 0
 */
export async function run(command: string, args: readonly string[], cwd?: string): Promise<string> {
  try {
    const { stdout } = await execute(command, args, { maxBuffer: MAX_OUTPUT_BYTES, ...(cwd && { cwd }) });
    return stdout.trim();
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    throw new Error(`${command} ${args.slice(0, 3).join(' ')} failed:\n${`${stdout}\n${stderr}`.trim().slice(-4_000)}`);
  }
}

/**
 * Makes buildah and podman keep images, containers and state in one folder, apart from those of the machine.
 * `STORAGE_DRIVER=vfs` is for machines on which overlay file systems cannot be mounted.
 */
export function configureContainers(folder: string): void {
  const write = (name: string, lines: readonly string[]) => writeFileSync(join(folder, name), `${lines.join('\n')}\n`);
  write('storage.conf', [
    '[storage]',
    `driver = "${process.env['STORAGE_DRIVER'] ?? 'overlay'}"`,
    `graphroot = "${folder}/storage"`,
    `runroot = "${folder}/state"`,
  ]);
  write('containers.conf', [
    '[containers]',
    // By default podman raises both to 1048576, which a machine without CAP_SYS_RESOURCE refuses.
    'default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]',
    '[engine]',
    'cgroup_manager = "cgroupfs"',
    'events_logger = "none"',
    `tmp_dir = "${folder}/state"`,
    '[network]',
    'network_backend = "netavark"',
  ]);
  process.env['CONTAINERS_STORAGE_CONF'] = join(folder, 'storage.conf');
  process.env['CONTAINERS_CONF'] = join(folder, 'containers.conf');
  process.env['BUILDAH_ISOLATION'] = 'chroot';
}

/** Ends on SIGINT and SIGTERM. Without a listener, the kernel ignores both for the first process of a namespace. */
export function endOnSignals(cleanUp: () => Promise<void> = async () => {}): void {
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void cleanUp().finally(() => process.exit(1)));
}

/** @returns the value of a file of `KEY=value` lines, as of `/etc/os-release` */
export function readValue(file: string, name: string): string {
  return new RegExp(`^${name}="?([^"\\n]*)`, 'm').exec(readFileSync(file, 'utf8'))?.[1] ?? '';
}

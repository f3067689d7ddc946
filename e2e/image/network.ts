import { existsSync } from 'node:fs';
import { run } from './tools.ts';

const UNIFIED_HIERARCHY = '/sys/fs/cgroup/unified';
const SUBNET = '10.89.0';
/** The address at which the containers reach the host's processes. */
export const HOST_ADDRESS = `${SUBNET}.1`;

/**
 * Prepares the namespaces that `image.ts` started this process in: one bridge as the compose file's network. Nothing of it is
 * seen outside, and all of it ends with this process.
 */
export async function prepareNamespaces(): Promise<void> {
  for (const folder of ['/run', '/dev/shm']) await run('mount', ['-t', 'tmpfs', 'tmpfs', folder]);
  // crun refuses machines that mount both versions of control groups; without the second one the limits work.
  if (existsSync(UNIFIED_HIERARCHY)) await run('umount', [UNIFIED_HIERARCHY]);
  await run('ip', ['link', 'set', 'lo', 'up']);
  await run('ip', ['link', 'add', 'web', 'type', 'bridge']);
  await run('ip', ['address', 'add', `${HOST_ADDRESS}/24`, 'dev', 'web']);
  await run('ip', ['link', 'set', 'web', 'up']);
}

let lastHostNumber = 1;

/** Makes a network namespace on the bridge and returns its address. Podman takes it as `--network=ns:/run/netns/<name>`. */
export async function addToNetwork(name: string): Promise<string> {
  lastHostNumber += 1;
  const address = `${SUBNET}.${lastHostNumber}`;
  await run('ip', ['netns', 'add', name]);
  await run('ip', ['link', 'add', `web${lastHostNumber}`, 'type', 'veth', 'peer', 'name', 'eth0', 'netns', name]);
  await run('ip', ['link', 'set', `web${lastHostNumber}`, 'master', 'web', 'up']);
  await run('ip', ['-netns', name, 'address', 'add', `${address}/24`, 'dev', 'eth0']);
  for (const device of ['lo', 'eth0']) await run('ip', ['-netns', name, 'link', 'set', device, 'up']);
  return address;
}

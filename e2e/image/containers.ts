import { readFileSync } from 'node:fs';
import { getRunOptions, type readCompose, type Service } from '../support/compose.ts';
import { getMemoryMb } from '../support/memory.ts';
import { waitUntil } from '../support/run-helpers.ts';
import { addToNetwork, HOST_ADDRESS } from './network.ts';
import { run } from './tools.ts';
import { LINK_HOST, RAAS_HOST } from './upstream.ts';

const READY_MS = 60_000;

export type AppInstance = {
  name: string;
  address: string;
  /** Milliseconds from `podman run` to the first 200 of `/readyz`, to 50 ms. */
  startMs: number;
};

export type Deployment = ReturnType<typeof readCompose> & {
  variables: Record<string, string>;
  paths: Record<string, string>;
};

/** Runs the migration of the compose file to its end. */
export async function runMigration({ services: { migrate }, variables, paths }: Deployment): Promise<string> {
  const options = getRunOptions(migrate, variables, paths);
  return run('podman', ['run', '--rm', '--pull=never', ...options, migrate.image, ...migrate.command]);
}

/** Starts an instance of the app and resolves when it is ready. */
export async function startAppContainer(
  name: string,
  { services: { app }, variables, paths }: Deployment,
  authority: string,
): Promise<AppInstance> {
  const address = await addToNetwork(name);
  const hosts = [RAAS_HOST, LINK_HOST].map((host) => `--add-host=${host}:${HOST_ADDRESS}`);
  const options = [...getRunOptions(app, variables, paths), ...hosts, `--volume=${authority}:/etc/ssl/upstream.crt:ro`];
  const start = performance.now();
  await startContainer(name, options, app);
  const isReady = async () =>
    (await fetch(`http://${address}:3000/readyz`).catch(() => undefined))?.ok ? performance.now() : undefined;
  const readyAt = await waitUntil(READY_MS, isReady);
  if (!readyAt) throw new Error(`${name} is not ready:\n${await readLogs(name)}`);
  return { name, address, startMs: Math.round(readyAt - start) };
}

/**
 * Starts Caddy, which reaches the instances by their containers' names, as through Docker's DNS.
 *
 * @returns its address
 */
export async function startProxyContainer(
  { services: { proxy }, variables, paths }: Deployment,
  apps: readonly AppInstance[],
) {
  const hosts = apps.map(({ name, address }) => `--add-host=${name}:${address}`);
  const address = await addToNetwork('proxy');
  await startContainer('proxy', [...getRunOptions(proxy, variables, paths), ...hosts], proxy);
  return address;
}

function startContainer(name: string, options: readonly string[], { image, command }: Service): Promise<string> {
  const network = ['--name', name, '--network', `ns:/run/netns/${name}`];
  return run('podman', ['run', '--detach', '--pull=never', ...network, ...options, image, ...command]);
}

export async function readLogs(name: string): Promise<string> {
  return run('sh', ['-c', `podman logs ${name} 2>&1`]);
}

/** @returns what `probe.mjs` prints inside the container, as the container's user */
export async function probeContainer(name: string): Promise<unknown> {
  const program = readFileSync('e2e/image/probe.mjs', 'utf8');
  return JSON.parse(await run('podman', ['exec', name, 'node', '--input-type=module', '--eval', program]));
}

/** Runs the HEALTHCHECK of the image inside the container. */
export async function checkHealth(name: string): Promise<void> {
  await run('podman', ['healthcheck', 'run', name]);
}

/** @returns the resident memory of the container's first process, in megabytes */
export async function getContainerMemoryMb(name: string): Promise<number> {
  const pid = await run('podman', ['inspect', '--format', '{{.State.Pid}}', name]);
  return Math.round(getMemoryMb(Number(pid)));
}

/** Stops a container as `docker stop` does: SIGTERM, and SIGKILL after its grace period. @returns its exit code */
export async function stopContainer(name: string): Promise<number> {
  await run('podman', ['stop', name]);
  return Number(await run('podman', ['inspect', '--format', '{{.State.ExitCode}}', name]));
}

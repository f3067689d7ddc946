/**
 * `npm run image`: builds the Dockerfile and runs the image as `deploy/compose.yaml` says, without Docker and without an image
 * registry. Ends with 0 and one sentence where the programs for it are missing, and with 1 when anything is not as it should be.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { getMissingRequirement, run } from './tools.ts';

const MOUNTS_AND_PROCESSES = [
  '--mount',
  '--propagation',
  'private',
  '--pid',
  '--fork',
  '--mount-proc',
  '--kill-child=TERM',
];

const missingRequirement = getMissingRequirement();
if (missingRequirement) {
  console.log(`The image was not built: ${missingRequirement}.`);
  process.exit(0);
}

const folder = mkdtempSync(join(tmpdir(), 'front-door-image-'));

/** Runs a program of this folder in namespaces of its own, whose mounts and processes end with it. */
async function runIsolated(program: string, namespaces: readonly string[]): Promise<boolean> {
  const args = [...namespaces, process.execPath, join('e2e', 'image', program), folder];
  const child = spawn('unshare', args, { stdio: 'inherit' });
  const forwardSignal = () => void child.kill('SIGKILL'); // unshare itself ignores SIGTERM; its end sends SIGTERM to the program
  process.on('SIGTERM', forwardSignal);
  const [code] = (await once(child, 'exit')) as [number | null];
  process.off('SIGTERM', forwardSignal);
  return code === 0;
}

process.on('SIGINT', () => {}); // Ctrl-C reaches the program through the terminal; here it is only waited for
console.log(`${new Date().toISOString().slice(0, 10)}, ${cpus().length} cores of ${cpus()[0]?.model.trim()}`);
const isGood =
  (await runIsolated('build.ts', MOUNTS_AND_PROCESSES)) &&
  (await runIsolated('rehearsal.ts', [...MOUNTS_AND_PROCESSES, '--net']));
rmSync(folder, { recursive: true, force: true });
// Podman leaves its control groups behind. The kernel refuses to remove those that another podman uses.
await run('find', ['/sys/fs/cgroup', '-depth', '-type', 'd', '-path', '*/libpod_parent*', '-delete']).catch(() => {});
process.exit(isGood ? 0 : 1);

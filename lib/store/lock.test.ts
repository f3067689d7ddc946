import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { FolderInUse, lockFolder } from './lock.ts';

let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'front-door-lock-')), 'data');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Another process that takes the folder and says so; it holds it until it is killed. */
async function otherProcess(): Promise<{ pid: number; kill: () => Promise<void> }> {
  const code = `import { lockFolder } from './lib/store/lock.ts'; lockFolder(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn('node', ['--input-type=module-typescript', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((held) => child.stdout.once('data', held));
  const kill = () =>
    new Promise<void>((gone) => {
      child.once('exit', () => gone());
      child.kill('SIGKILL');
    });
  return { pid: child.pid ?? 0, kill };
}

test('a second process is refused within a second and told who holds the folder', async () => {
  const other = await otherProcess();
  const start = performance.now();
  expect(() => lockFolder(folder)).toThrow(FolderInUse);
  expect(() => lockFolder(folder)).toThrow(`process ${other.pid}`);
  expect(performance.now() - start).toBeLessThan(1_000);
  await other.kill();
});

test('a killed holder leaves nothing to clean up', async () => {
  const other = await otherProcess();
  await other.kill();
  const unlock = lockFolder(folder);
  unlock();
  lockFolder(folder)();
});

test('the folder is its owner’s alone', () => {
  lockFolder(folder)();
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { acquireDataDirLock, DataDirInUseError } from './data-dir-lock.ts';

let folder: string;

beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), 'front-door-lock-')), 'data');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Another process that takes the folder and says so; it holds it until it is killed. */
async function startHolder(): Promise<{ pid: number; kill: () => Promise<void> }> {
  const code = `import { acquireDataDirLock } from './lib/store/data-dir-lock.ts'; acquireDataDirLock(${JSON.stringify(folder)}); console.log('held'); setInterval(() => {}, 1000);`;
  const child = spawn('node', ['--input-type=module-typescript', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const kill = () =>
    new Promise<void>((resolve) => {
      child.once('exit', () => resolve());
      child.kill('SIGKILL');
    });
  return { pid: child.pid ?? 0, kill };
}

test('a second process is refused within a second and told who holds the folder', async () => {
  const holder = await startHolder();
  const start = performance.now();
  expect(() => acquireDataDirLock(folder)).toThrow(DataDirInUseError);
  expect(() => acquireDataDirLock(folder)).toThrow(`process ${holder.pid}`);
  expect(performance.now() - start).toBeLessThan(1_000);
  await holder.kill();
});

test('a killed holder leaves nothing to clean up', async () => {
  const holder = await startHolder();
  await holder.kill();
  const unlock = acquireDataDirLock(folder);
  unlock();
  acquireDataDirLock(folder)();
});

test('the folder is its owner’s alone', () => {
  acquireDataDirLock(folder)();
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

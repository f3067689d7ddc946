import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';

/** In the place of an app: it says that it is ready as the app does, has work forever, and does not listen to SIGTERM. */
const APP = `
import { createServer } from 'node:http';
process.on('SIGTERM', () => {});
const server = createServer((_, response) => response.end()).listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ event: 'boot.ready', port: server.address().port }));
});`;

/** A run that starts stand-ins and an app as tests do, prints where they answer, and waits. */
const RUN = `
import { createPartnerKeys } from './e2e/support/partner-keys.ts';
import { Processes } from './e2e/support/processes.ts';
import { startApp } from './e2e/support/stack.ts';
import { getFreePorts, startSandbox } from './e2e/support/stand-ins.ts';
const processes = new Processes();
const keys = createPartnerKeys();
const origins = await startSandbox(processes, { ...getFreePorts(), ...keys.sandbox });
const port = await startApp(processes, { env: process.env, port: '0', folder: process.env.APP_FOLDER });
console.log(JSON.stringify({ ...origins, app: 'http://127.0.0.1:' + port, keys: keys.folder }));`;

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'front-door-processes-'));
  mkdirSync(join(folder, 'lib/observability'), { recursive: true });
  writeFileSync(join(folder, 'lib/observability/output-guard.mjs'), '');
  writeFileSync(join(folder, 'server.ts'), APP);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The origins where something answers, whatever it says. */
async function findAnswering(origins: Record<string, string>): Promise<string[]> {
  const names = await Promise.all(
    Object.entries(origins).map(([name, origin]) =>
      fetch(origin).then(
        () => [name],
        () => [],
      ),
    ),
  );
  return names.flat();
}

test('stand-ins and app end with the run that started them, even when it is killed', { timeout: 120_000 }, async () => {
  const run = spawn(process.execPath, ['--input-type=module', '-e', RUN], {
    env: { ...process.env, APP_FOLDER: folder },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(run.stdout, 'data')) as [Buffer];
  const { keys, ...origins } = JSON.parse(line.toString()) as Record<string, string>;
  rmSync(keys ?? '', { recursive: true });
  // The TLS port is off without certificates.
  expect(Object.keys(origins).length).toBeGreaterThanOrEqual(10);
  expect(await findAnswering(origins)).toEqual(Object.keys(origins));
  run.kill('SIGKILL');
  await once(run, 'exit');
  await expect.poll(() => findAnswering(origins)).toEqual([]);
});

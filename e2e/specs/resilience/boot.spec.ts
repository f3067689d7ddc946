import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { expect, test } from '@playwright/test';
import { APP_SERVER, findPort } from '../../support/app-server.ts';
import { JourneyPage } from '../../support/pages/journey-page.ts';
import { startPostgres } from '../../support/postgres.ts';
import { END_WITH_PARENT, findFreePort } from '../../support/processes.ts';
import { startRecordingProxy } from '../../support/recording-proxy.ts';
import { runOperatorCommand } from '../../support/run-operator-command.ts';
import { startStack } from '../../support/stack.ts';
import { CANARY_KEY } from '../../support/test-run.ts';

const example = parseEnv(readFileSync('.env.example', 'utf8'));
let folder: string;
const children: ChildProcess[] = [];

test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'front-door-boot-'));
});
test.afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

type BootedServer = { child: ChildProcess; output: () => string; exit: Promise<number | null>; ready: Promise<void> };

function boot(overrides: Record<string, string | undefined>, port = 0): BootedServer {
  const env = { ...process.env, ...example, DATA_DIR: join(folder, 'data'), ...overrides } as NodeJS.ProcessEnv;
  const [command, args] = APP_SERVER;
  const child = spawn(command, [...END_WITH_PARENT, ...args, '-H', '127.0.0.1', '-p', String(port)], { env });
  children.push(child);
  let output = '';
  const ready = new Promise<void>((resolve) => {
    const read = (chunk: Buffer) => {
      output += chunk;
      if (output.includes('boot.ready')) resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
  const exit = new Promise<number | null>((resolve) => child.once('exit', resolve));
  return { child, output: () => output, exit, ready };
}

/** Resolves to whether a port of this machine accepts connections. */
const canConnect = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => resolve(socket.destroy() !== undefined));
    socket.once('error', () => resolve(false));
  });

test('a bad configuration stops the boot with the variables’ names and no value', async () => {
  const { output, exit } = boot({ RAAS_API_KEY: `${CANARY_KEY} with a space`, DATA_KEY: '' });
  expect(await exit).toBe(1);
  expect(output()).toMatch(/"event":"boot\.failed","cause":"[^"]*DATA_KEY, RAAS_API_KEY"/);
  expect(output()).not.toContain(CANARY_KEY);
});

test('a production server maps no native compiler', { tag: '@all' }, async () => {
  test.skip(process.platform !== 'linux', 'The maps of a process are read from /proc.');
  const { child, ready } = boot({});
  await ready;
  const maps = readFileSync(`/proc/${child.pid}/maps`, 'utf8');
  expect(maps).toContain('/bin/node');
  expect(maps).not.toMatch(/next-swc|\.swc/);
});

test('a request that arrives during the boot waits and passes the request pipeline', { tag: '@all' }, async () => {
  const port = await findFreePort();
  const { output } = boot({}, port);
  const paths = ['/en', '/en/..%2fes'];
  const getEarly = async (path: string): Promise<Response> => {
    for (;;) {
      const response = await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
      if (response) return response;
      await new Promise((resolve) => setTimeout(resolve, 10)); // the port is not open yet
    }
  };
  const responses = paths.map(getEarly);
  await expect.poll(() => canConnect(port)).toBe(true);
  expect(output()).not.toContain('boot.ready');
  const [page, ambiguous] = await Promise.all(responses);
  expect([page?.status, ambiguous?.status]).toEqual([200, 400]);
  expect(page?.headers.get('content-security-policy')).toContain("'nonce-");
});

test('a brand file with a mistake stops the boot with its variable’s name', async () => {
  const { output, exit } = boot({ BRAND_FILE: 'package.json' });
  expect(await exit).toBe(1);
  expect(output()).toMatch(/BRAND_FILE: line \d+: consent is missing/);
});

test('a second process on the same folder refuses to start and names the first, which goes on; a killed one blocks nobody', {
  tag: '@all',
}, async () => {
  const first = boot({});
  await first.ready;
  const second = boot({});
  expect(await second.exit).toBe(1);
  expect(second.output()).toContain(`in use by process ${first.child.pid}`);
  expect(first.child.exitCode).toBeNull();
  first.child.kill('SIGKILL');
  await first.exit;
  const third = boot({});
  await third.ready;
});

test('a server killed in the middle loses nothing that was continued, and nothing that was typed', {
  tag: '@all',
}, async ({ page }) => {
  const recordingProxy = await startRecordingProxy();
  const getPort = ({ output }: BootedServer) => findPort(output()) ?? 0;
  const first = boot({ APP_ORIGIN: recordingProxy.origin });
  await first.ready;
  recordingProxy.forwardTo(getPort(first));

  const journey = new JourneyPage(page);
  await page.goto(`${recordingProxy.origin}/en/onboarding/identity`);
  await journey.fillIdentity({ firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'], phone: '55 1234 5678' });
  await journey.continue();
  await journey.expectTitle(journey.messages.steps.address.title);
  await journey.fillAddress();
  first.child.kill('SIGKILL');
  await first.exit;
  await journey.continue();
  await expect(page.getByRole('alert').filter({ hasText: journey.messages.form.offline })).toBeFocused();
  await expect(page.locator('[name=address1]')).toHaveValue('Calle Dos 10');

  const second = boot({ APP_ORIGIN: recordingProxy.origin });
  await second.ready;
  recordingProxy.forwardTo(getPort(second));
  await journey.continue();
  await journey.expectTitle(journey.messages.steps.payment.title);
  await page.goto(`${recordingProxy.origin}/en/onboarding/identity`);
  await expect(page.locator('[name=firstName]')).toHaveValue('Ana');
  recordingProxy.stop();
});

test('a taken port is named together with the variable that changes it', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const { port } = holder.address() as AddressInfo;
  const previousPort = process.env['PORT'];
  process.env['PORT'] = String(port); // the first one that is looked at: the others may be taken on this machine
  await expect(startStack({ ports: 'demo' })).rejects.toThrow(`Port ${port} is taken. Set PORT to a free port`);
  if (previousPort === undefined) delete process.env['PORT'];
  else process.env['PORT'] = previousPort;
  holder.close();
});

test('on Postgres, as a role that owns nothing, the same journey ends at the same link', { tag: '@all' }, async ({
  page,
}) => {
  const postgres = await startPostgres();
  const stack = await startStack({
    ports: 'free',
    env: { DATABASE_URL: postgres.url, DATA_DIR: join(folder, 'data') },
  });
  const journey = new JourneyPage(page);
  await page.goto(`${stack.origins.app}/en`);
  await page.getByRole('link', { name: journey.messages.start.begin }).click();
  await journey.goToReviewWithWallet('+525512345678');
  await journey.submit();
  await expect(page).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/[A-Za-z0-9]{5}$/);
  await stack.stop();
  const env = { ...example, DATABASE_URL: postgres.url };
  expect((await runOperatorCommand('privacy', ['purge'], env)).stdout).toContain('drafts');
  expect((await runOperatorCommand('privacy', ['erase', '+525512345678'], env)).stdout).toContain('held: 0');
  await postgres.stop();
});

test('on a Postgres that was not migrated the boot stops with the command that does it', { tag: '@all' }, async () => {
  const postgres = await startPostgres();
  const url = postgres.ownerUrl.replace('/postgres?', '/template1?');
  const { output, exit } = boot({ DATABASE_URL: url });
  expect(await exit).toBe(1);
  expect(output()).toContain('run `npm run migrate` as its owner');
  await postgres.stop();
});

test('nothing that the build serves names the key, the upstream or a secret', () => {
  const files = readdirSync('.next/static', { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(files.length).toBeGreaterThan(5);
  for (const entry of files) {
    const bytes = readFileSync(join(entry.parentPath, entry.name));
    const upstream = ['sessionlink-v2', 'get-user-token', 'ERROR_USER_ALREADY_ENROLLED', 'OfacFailed', 'Compliance'];
    for (const secret of [CANARY_KEY, 'RAAS_API_KEY', 'api_key', 'DATA_KEY', ...upstream]) {
      expect(bytes.includes(secret), `${secret} in ${entry.name}`).toBe(false);
    }
  }
});

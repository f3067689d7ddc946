import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseEnv, promisify } from 'node:util';
import { test as base, expect } from '@playwright/test';
import { startLocalRegistry } from '../../support/local-registry.ts';
import { findFreePort, Processes } from '../../support/processes.ts';
import { startApp } from '../../support/stack.ts';
import { getFreePorts } from '../../support/stand-ins.ts';

/** Processor time, user and system, from the empty folder to the green test. Other work on the machine hardly changes it. */
const MAX_PROCESSOR_SECONDS = 90;

const TYPE_CHECK = { strict: true, noEmit: true, module: 'nodenext', target: 'es2023', types: [], skipLibCheck: true };

/** A test that looks closer than the package's example. */
const CLOSER_TEST = `
import { type Answers, createPartnerLink, readApplicationStatus, verifyWebhook } from '@remittance-front-door/partner';
import { createPhone, expect, messages, test } from '@remittance-front-door/testing';

test('upstream, events and status agree, and an event that was not taken comes again', async ({ page, frontDoor, journey, raas, webhooks }) => {
  const phoneNumber = createPhone();
  const answers: Answers = { firstName: 'Ana', lastName: 'Ruiz', dob: '1990-02-01', phoneNumber, paymentMethodType: 'Card' };
  await webhooks.setNextAnswer('order-18', { status: 503 });
  await page.goto(await createPartnerLink({ answers, lang: 'es', reference: 'order-18' }, frontDoor.linkKeys));
  journey.lang = 'es';
  await journey.fillAddress();
  await journey.continue();
  await journey.expectTitle(messages.es.steps.card.title);
  await journey.fillCard({ number: '4111111111111111', expiry: '1128', code: '123' });
  await journey.submit();
  await journey.expectLink();
  const [call, ...otherCalls] = await raas.getSubmitRequests(phoneNumber);
  expect(otherCalls).toEqual([]);
  expect(JSON.parse(call?.body ?? '')).toMatchObject({ firstName: 'Ana', address1: 'Calle Dos 10', lang: 'es', addCardParams: { name: 'VISA-1111' } });
  await webhooks.waitFor('order-18', 'application.link_delivered');
  const requests = await webhooks.getRequests('order-18');
  const events = await Promise.all(requests.map((request) => verifyWebhook(request, [frontDoor.webhookSecret])));
  expect(events.map(({ type }, index) => [type, requests[index]?.status])).toEqual([
    ['application.started', 503],
    ['application.started', 204],
    ['application.submitted', 204],
    ['application.link_delivered', 204],
  ]);
  expect(requests[0]?.headers['webhook-id']).toBe(requests[1]?.headers['webhook-id']);
  await expect(verifyWebhook(requests[3] ?? { headers: {}, body: '' }, ['whsec_' + btoa('x'.repeat(32))])).rejects.toThrow('No signature fits');
  expect(await readApplicationStatus('order-18', frontDoor.statusApi)).toMatchObject({ state: 'link_delivered', application: events[0]?.data.application });
});
`;

const execute = promisify(execFile);

type Project = {
  folder: string;
  write: (name: string, text: string) => void;
  /** Runs a program, in the folder if no other is given; rejects with all that it printed when it fails. */
  run: (command: string, args: string[], cwd?: string) => Promise<string>;
};

/** Starts the sandbox by the package's command, and the app with the lines that it prints. @returns those for the tests */
async function startApart(processes: Processes, folder: string): Promise<string[]> {
  const port = String(await findFreePort());
  let output = '';
  await processes.start(
    'front-door-sandbox',
    join(folder, 'node_modules/.bin/front-door-sandbox'),
    [],
    {
      env: { ...OUTER_ENVIRONMENT, ...getFreePorts(), FRONT_DOOR_URL: `http://localhost:${port}` },
      onOutput: (text) => {
        output += text;
      },
    },
    (line) => line.startsWith('FRONT_DOOR_SANDBOX=') || undefined,
  );
  const env = { ...OUTER_ENVIRONMENT, ...parseEnv(output), DATA_DIR: join(folder, 'data') };
  await startApp(processes, { env, port });
  return output.split('\n').filter((line) => line.startsWith('FRONT_DOOR_'));
}

/** The environment without what this run of Playwright and npm has put there. */
const OUTER_ENVIRONMENT = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !/^(FRONT_DOOR|TEST|PW|PLAYWRIGHT|npm)_/.test(name)),
);

const test = base.extend<{ project: Project }>({
  /** A partner's project outside of this repository, with a registry that has what is installed here. */
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads from the pattern which fixtures a fixture needs
  project: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'front-door-partner-project-'));
    const registry = await startLocalRegistry();
    const npm = { npm_config_registry: registry.origin, npm_config_cache: join(folder, '.npm') };
    const env = { ...OUTER_ENVIRONMENT, ...npm, FRONT_DOOR_FOLDER: process.cwd() } as Record<
      string,
      string | undefined
    >;
    await use({
      folder,
      write: (name, text) => writeFileSync(join(folder, name), text),
      run: async (command, args, cwd = folder) => {
        const result = await execute(command, args, { cwd, env: env as NodeJS.ProcessEnv, maxBuffer: 2 ** 24 }).catch(
          (error) => error,
        );
        if (result instanceof Error) throw new Error(`${result.message}\n${'stdout' in result ? result.stdout : ''}`);
        return result.stdout;
      },
    });
    registry.server.close();
    rmSync(folder, { recursive: true, force: true });
  },
});

test('a partner’s browser test runs from an empty folder with the two packages, as their page says', {
  tag: '@all',
}, async ({ project: { folder, write, run } }) => {
  test.setTimeout(600_000);
  const tarballs: string[] = [];
  for (const name of ['partner', 'testing']) {
    const args = ['pack', '--ignore-scripts=false', '--silent', '--pack-destination', folder];
    const output = await run('npm', args, resolve('packages', name));
    tarballs.push(`./${output.trim().split('\n').at(-1)}`);
  }
  const [, example = ''] = /```ts\n(.*?)```/s.exec(readFileSync('packages/testing/README.md', 'utf8')) ?? [];
  expect(example.trim().split('\n').length).toBeLessThanOrEqual(10);
  const { version } = JSON.parse(readFileSync('node_modules/@playwright/test/package.json', 'utf8'));
  // This machine's browser in place of the one that Playwright installs.
  const use = { launchOptions: { executablePath: process.env['CHROMIUM_PATH'] } };
  const config = { use, timeout: 120_000, expect: { timeout: 15_000 }, reporter: 'list' };
  write('playwright.config.mjs', `export default ${JSON.stringify(config)};`);
  write('customer.spec.ts', example);
  const install = `npm install --no-audit -D ${tarballs.join(' ')} @playwright/test@${version}`;
  const output = await run('bash', ['-c', `TIMEFORMAT='%R %U %S'; { time (${install} && npx playwright test); } 2>&1`]);
  const [elapsed = 0, user = 0, system = 0] = output.trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  console.log(`From the empty folder to the green test: ${elapsed} s, ${user + system} s of a processor`);
  expect(output).toContain('1 passed');
  expect(user + system).toBeLessThan(MAX_PROCESSOR_SECONDS);

  write('closer.spec.ts', CLOSER_TEST);
  expect(await run('npx', ['playwright', 'test', 'closer'])).toContain('1 passed');
  write('tsconfig.json', JSON.stringify({ compilerOptions: TYPE_CHECK, include: ['*.ts'] }));
  await run('tsc', ['-p', '.']);

  const processes = new Processes();
  try {
    const lines = await startApart(processes, folder);
    expect(await run('env', [...lines, 'npx', 'playwright', 'test', 'customer'])).toContain('1 passed');
  } finally {
    await processes.stop();
  }
});

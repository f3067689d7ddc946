import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import en from '../../lib/i18n/messages/en.json' with { type: 'json' };
import { ensureChromium } from '../support/chromium.ts';
import { ask } from '../support/http.ts';
import { Applicant, actionOf } from '../support/http-applicant.ts';
import { ledgerBreaches, type Result, tally } from '../support/part.ts';
import { startGateway } from '../support/recording-proxy.ts';
import { World } from '../support/test-environment.ts';

const GROUP = 20;
/** Every fifth tab waits at the last button, the others in the middle of a form. */
const AT_REVIEW = 5;
const SOURCES = [
  'app',
  'components',
  'lib',
  'public',
  'instrumentation.ts',
  'proxy.ts',
  'package.json',
  'tsconfig.json',
];
const CONFIGS = ['next.config.mjs', 'tailwind.config.ts', 'postcss.config.mjs'];

type Tab = { page: Page; context: BrowserContext; person: Applicant; isAtReview: boolean };

/** Tabs opened on one build and continued on another, whose actions have other names: nothing typed is lost. */
export async function tabs(count: number): Promise<Result> {
  const world = await World.create('postgres');
  const breaches: string[] = [];
  const ends: string[] = [];
  const gateway = await startGateway();
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox'] });
  try {
    const newBuild = buildAnew(world.folder);
    const env = { APP_ORIGIN: gateway.origin };
    for (let done = 0; done < count; done += GROUP) {
      Applicant.actions.clear();
      const old = await world.start(env);
      gateway.forwardTo(old.port);
      const oldNames = await actionNames(old.port);
      const open: Tab[] = [];
      for (let index = done; index < Math.min(done + GROUP, count); index += 1) {
        open.push(await openTab(browser, gateway.origin, old.port, index % AT_REVIEW === 0));
      }
      old.child.kill('SIGTERM');
      await old.ended;
      const released = await world.start(env, newBuild);
      gateway.forwardTo(released.port);
      if ((await actionNames(released.port)) === oldNames)
        breaches.push('the new build knows the old actions: this run proves nothing');
      for (const tab of open) {
        const end = await goOn(tab).catch((error: Error) => `broken: ${error.message.split('\n')[0]}`);
        ends.push(end);
        if (end.startsWith('broken')) breaches.push(end);
        await tab.context.close();
      }
      released.child.kill('SIGKILL');
      await released.ended;
      process.stderr.write(`tabs: ${done + open.length} of ${count}, ${breaches.length} breaches\n`);
    }
    const calls = await world.calls();
    for (const [phone, times] of calls) if (times !== 1) breaches.push(`${phone}: ${times} calls`);
    breaches.push(...(await ledgerBreaches(world)));
  } finally {
    await browser.close();
    gateway.stop();
    await world.end();
  }
  return { runs: `${count} old tabs over a new build`, saw: tally(ends), breaches };
}

/** The same sources built again with another key for the actions: every action gets another name. */
function buildAnew(folder: string): string {
  const place = join(folder, 'new-build');
  for (const name of [...SOURCES, ...CONFIGS]) cpSync(name, join(place, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(place, 'node_modules'));
  const { status, stdout } = spawnSync('next', ['build', '--webpack'], {
    cwd: place,
    encoding: 'utf8',
    env: {
      ...process.env,
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      NEXT_TELEMETRY_DISABLED: '1',
    },
  });
  if (status !== 0) throw new Error(`The second build failed:\n${stdout}`);
  return place;
}

async function openTab(browser: Browser, origin: string, port: number, isAtReview: boolean): Promise<Tab> {
  const context = await browser.newContext({ baseURL: origin });
  const page = await context.newPage();
  const person = new Applicant(undefined, origin);
  if (isAtReview) {
    await person.fill(port);
    await context.addCookies([person.browserCookie]);
    await page.goto('/en/onboarding/review');
    return { page, context, person, isAtReview };
  }
  await page.goto('/en/onboarding/identity');
  const typed = {
    firstName: 'Zoë',
    lastName: 'Peña',
    phoneNumber: person.phone,
    'dob.day': '1',
    'dob.month': '2',
    'dob.year': '1990',
  };
  for (const [name, value] of Object.entries(typed)) await page.locator(`[name="${name}"]`).fill(value);
  return { page, context, person, isAtReview };
}

async function actionNames(port: number): Promise<string> {
  return JSON.stringify(actionOf((await ask(port, '/en/onboarding/identity')).body));
}

/** Presses the button of the old page. @returns how it went on */
async function goOn({ page, person, isAtReview }: Tab): Promise<string> {
  const heading = page.getByRole('heading', { level: 1 });
  if (isAtReview) {
    await page.getByRole('button', { name: en.review.submit }).click();
    await heading.filter({ hasText: 'Session link reached' }).waitFor({ timeout: 15_000 });
    return 'delivered';
  }
  await page.getByRole('button', { name: en.form.continue }).click();
  await heading.filter({ hasText: en.steps.address.title }).waitFor({ timeout: 15_000 });
  await page.goto('/en/onboarding/identity');
  const kept = await page
    .locator('[name=firstName], [name=lastName], [name=phoneNumber]')
    .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value).join());
  if (kept !== `Zoë,Peña,${person.phone}`) throw new Error(`kept ${kept}`);
  return 'continued';
}

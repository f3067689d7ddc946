import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cpSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Browser, type BrowserContext, chromium, type Page } from '@playwright/test';
import en from '../../lib/i18n/messages/en.json' with { type: 'json' };
import { ensureChromium } from '../support/chromium.ts';
import { sendRequest } from '../support/http.ts';
import { HttpApplicant, parseActionFields } from '../support/http-applicant.ts';
import { startRecordingProxy } from '../support/recording-proxy.ts';
import { findLedgerBreaches, formatCounts, type PartResult } from '../support/run-helpers.ts';
import { TestEnvironment } from '../support/test-environment.ts';

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
const CONFIGS = ['next.config.ts', 'tailwind.config.ts', 'postcss.config.mjs'];

type Tab = { page: Page; context: BrowserContext; person: HttpApplicant; isAtReview: boolean };

/** Tabs opened on one build and continued on another, whose actions have other names: nothing typed is lost. */
export async function runTabs(count: number): Promise<PartResult> {
  const environment = await TestEnvironment.create('postgres');
  const breaches: string[] = [];
  const endings: string[] = [];
  const recordingProxy = await startRecordingProxy();
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox'] });
  try {
    const newBuild = buildSecondVersion(environment.folder);
    const env = { APP_ORIGIN: recordingProxy.origin };
    for (let doneCount = 0; doneCount < count; doneCount += GROUP) {
      HttpApplicant.actions.clear();
      const oldServer = await environment.startServer(env);
      recordingProxy.forwardTo(oldServer.port);
      const oldNames = await readActionNames(oldServer.port);
      const openTabs: Tab[] = [];
      for (let index = doneCount; index < Math.min(doneCount + GROUP, count); index += 1) {
        openTabs.push(await openTab(browser, recordingProxy.origin, oldServer.port, index % AT_REVIEW === 0));
      }
      oldServer.child.kill('SIGTERM');
      await oldServer.exit;
      const newServer = await environment.startServer(env, newBuild);
      recordingProxy.forwardTo(newServer.port);
      if ((await readActionNames(newServer.port)) === oldNames)
        breaches.push('the new build knows the old actions: this run proves nothing');
      for (const tab of openTabs) {
        const end = await continueTab(tab).catch((error: Error) => `broken: ${error.message.split('\n')[0]}`);
        endings.push(end);
        if (end.startsWith('broken')) breaches.push(end);
        await tab.context.close();
      }
      newServer.child.kill('SIGKILL');
      await newServer.exit;
      process.stderr.write(`tabs: ${doneCount + openTabs.length} of ${count}, ${breaches.length} breaches\n`);
    }
    const calls = await environment.getCallCounts();
    for (const [phone, times] of calls) if (times !== 1) breaches.push(`${phone}: ${times} calls`);
    breaches.push(...(await findLedgerBreaches(environment)));
  } finally {
    await browser.close();
    recordingProxy.stop();
    await environment.stop();
  }
  return { runs: `${count} old tabs over a new build`, summary: formatCounts(endings), breaches };
}

/** The same sources built again with another key for the actions: every action gets another name. */
function buildSecondVersion(folder: string): string {
  const buildFolder = join(folder, 'new-build');
  for (const name of [...SOURCES, ...CONFIGS]) cpSync(name, join(buildFolder, name), { recursive: true });
  symlinkSync(resolve('node_modules'), join(buildFolder, 'node_modules'));
  const { status, stdout } = spawnSync('next', ['build', '--webpack'], {
    cwd: buildFolder,
    encoding: 'utf8',
    env: {
      ...process.env,
      NEXT_SERVER_ACTIONS_ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      NEXT_TELEMETRY_DISABLED: '1',
    },
  });
  if (status !== 0) throw new Error(`The second build failed:\n${stdout}`);
  return buildFolder;
}

async function openTab(browser: Browser, origin: string, port: number, isAtReview: boolean): Promise<Tab> {
  const context = await browser.newContext({ baseURL: origin });
  const page = await context.newPage();
  const person = new HttpApplicant(undefined, origin);
  if (isAtReview) {
    await person.fill(port);
    await context.addCookies([person.browserCookie]);
    await page.goto('/en/onboarding/review');
    return { page, context, person, isAtReview };
  }
  await page.goto('/en/onboarding/identity');
  const fields = {
    firstName: 'Zoë',
    lastName: 'Peña',
    phoneNumber: person.phone,
    'dob.day': '1',
    'dob.month': '2',
    'dob.year': '1990',
  };
  for (const [name, value] of Object.entries(fields)) await page.locator(`[name="${name}"]`).fill(value);
  return { page, context, person, isAtReview };
}

async function readActionNames(port: number): Promise<string> {
  return JSON.stringify(parseActionFields((await sendRequest(port, '/en/onboarding/identity')).body));
}

/** Presses the button of the old page. @returns how it went on */
async function continueTab({ page, person, isAtReview }: Tab): Promise<string> {
  const heading = page.getByRole('heading', { level: 1 });
  if (isAtReview) {
    await page.getByRole('button', { name: en.review.submit }).click();
    await heading.filter({ hasText: 'Session link reached' }).waitFor({ timeout: 15_000 });
    return 'delivered';
  }
  await page.getByRole('button', { name: en.form.continue }).click();
  await heading.filter({ hasText: en.steps.address.title }).waitFor({ timeout: 15_000 });
  await page.goto('/en/onboarding/identity');
  const values = await page
    .locator('[name=firstName], [name=lastName], [name=phoneNumber]')
    .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).value).join());
  if (values !== `Zoë,Peña,${person.phone}`) throw new Error(`kept ${values}`);
  return 'continued';
}

import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext } from '@playwright/test';
import type { AuditEntry } from '../../../lib/domain/assist/audit.ts';
import { expect, freshPhone, test } from '../../support/fixtures.ts';
import { operate } from '../../support/operate.ts';
import { beginCase, chooseAgent, colleague, signIn } from '../../support/pages/agent.ts';
import { words } from '../../support/pages/journey-page.ts';
import { runOf } from '../../support/run.ts';
import { getAppEnv, startStack } from '../../support/stack.ts';

const w = words.en.assist;
const idp = () => runOf().origins['idp'] ?? '';

const session = async (context: BrowserContext) =>
  (await context.cookies()).find(({ name }) => name === '__Host-agent')?.value;

/** Puts a session's cookie into a browser. */
const plant = (context: BrowserContext, origin: string, value: string) =>
  context.addCookies([
    { name: '__Host-agent', value, url: origin.replace('http:', 'https:'), secure: true, httpOnly: true },
  ]);

test('an agent signs in at the provider, sees the worklist, and signs out at both', async ({
  page,
  context,
  baseURL,
}) => {
  await signIn(page, 'ana');
  await expect(page.getByText('Ana Torres at centro')).toBeVisible();
  const cookie = (await context.cookies()).find(({ name }) => name === '__Host-agent');
  expect(cookie).toMatchObject({ httpOnly: true, secure: true, sameSite: 'Lax', path: '/' });
  const stolen = cookie?.value ?? '';
  const atProvider = page.waitForRequest((request) => request.url().startsWith(`${idp()}/session/end`));
  await page.getByRole('button', { name: w.signOut }).click();
  // No token is in the address: the provider knows the app by its id and lets the agent confirm.
  const { searchParams } = new URL((await atProvider).url());
  expect([...searchParams.keys()].toSorted()).toEqual(['client_id', 'post_logout_redirect_uri']);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.signIn.title);
  expect(await session(context)).toBeUndefined();
  // A cookie that somebody has copied is worth nothing after it was revoked.
  await plant(context, baseURL ?? '', stolen);
  await page.goto('/en/assist');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.signIn.title);
  // Nor is the provider's own session still there.
  await page.getByRole('button', { name: w.signIn.action }).click();
  await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeVisible();
});

test('the audit has who signed in and who signed out, on which device, and nothing of who was refused', async ({
  browser,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-audit-'));
  const { origins, stop } = await startStack({ ports: 'free', env: { DATA_DIR: folder } });
  const refused = await colleague(browser, origins.app, 'nadie');
  await expect(refused.getByRole('alert').filter({ hasText: w.signIn.refused })).toBeVisible();
  const desk = await colleague(browser, origins.app, 'ana');
  await desk.getByRole('button', { name: w.signOut }).click();
  await desk.getByRole('button', { name: 'Sign out' }).click();
  await expect(desk.getByRole('heading', { level: 1 })).toHaveText(w.signIn.title);
  for (const page of [refused, desk]) await page.context().close();
  await stop();

  const { stdout } = await operate('audit', ['export'], { ...getAppEnv(origins.app, origins), DATA_DIR: folder });
  const entries = stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { entry: AuditEntry }).entry);
  const [begin, ...more] = entries.filter(({ action }) => action.startsWith('session.'));
  expect(begin).toMatchObject({ actor: 'ana', role: 'agent', shop: 'centro', action: 'session.begin' });
  expect(begin?.device).toMatch(/^[\w-]{12}$/);
  expect(more).toMatchObject([{ actor: 'ana', shop: 'centro', action: 'session.out', device: begin?.device }]);
  expect(entries.filter(({ actor }) => actor !== 'ana')).toEqual([]);
  rmSync(folder, { recursive: true, force: true });
});

test('an account without a role has no part here', async ({ page }) => {
  await signIn(page, 'nadie');
  await expect(page.getByRole('alert').filter({ hasText: w.signIn.refused })).toBeVisible();
  await page.goto('/en/assist');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.signIn.title);
});

test('a session begins anew with each sign-in, and one that was planted is not taken over (fixation)', async ({
  page,
  context,
  baseURL,
}) => {
  const planted = 'A'.repeat(43);
  await plant(context, baseURL ?? '', planted);
  await signIn(page, 'ana');
  await expect(page.getByText('Ana Torres at centro')).toBeVisible();
  const first = await session(context);
  expect(first).not.toBe(planted);
  await page.goto('/en/assist/sign-in');
  await page.getByRole('button', { name: w.signIn.action }).click();
  await expect(page.getByText('Ana Torres at centro')).toBeVisible();
  expect(await session(context)).not.toBe(first);
});

test('a way back that this browser did not begin signs nobody in (log-in cross-site request)', async ({
  page,
  browser,
  baseURL,
}) => {
  // The attacker begins a sign-in of their own and keeps its last step for the victim.
  const attacker = await (await browser.newContext({ baseURL: baseURL ?? '' })).newPage();
  await attacker.goto('/en/assist');
  await attacker.getByRole('button', { name: w.signIn.action }).click();
  await attacker.waitForURL(`${idp()}/**`);
  let wayBack = new URL((await attacker.locator('a[href$="as=ana"]').getAttribute('href')) ?? '', attacker.url()).href;
  while (!wayBack.includes('/assist/callback')) {
    const { location = '' } = (await attacker.context().request.get(wayBack, { maxRedirects: 0 })).headers();
    wayBack = new URL(location, wayBack).href;
  }
  expect(wayBack).toContain('code=');
  const failed = page.getByRole('alert').filter({ hasText: /The sign-in did not come|No se completó el inicio/ });
  await page.goto(wayBack);
  await expect(failed).toBeVisible();
  // The same for a victim who has a sign-in of their own under way.
  await page.goto('/en/assist');
  await page.getByRole('button', { name: w.signIn.action }).click();
  await page.waitForURL(`${idp()}/**`);
  await page.goto(wayBack);
  await expect(failed).toBeVisible();
  expect(await session(page.context())).toBeUndefined();
  await attacker.context().close();
});

test('an agent sees where they are signed in and, after signing in once more, signs other devices out', async ({
  page,
  browser,
  baseURL,
}) => {
  const s = w.sessions;
  await signIn(page, 'gustavo');
  const open = () => page.getByRole('link', { name: w.bar.sessions }).click();
  await open();
  await expect(page.getByText(s.none)).toBeVisible();
  const [first, second] = [await colleague(browser, baseURL, 'gustavo'), await colleague(browser, baseURL, 'gustavo')];
  const ana = await colleague(browser, baseURL, 'ana');
  /** The list leads through the provider, which asks although it remembers. */
  const again = async (button: string, who: string) => {
    await page.getByRole('button', { name: button }).first().click();
    await chooseAgent(page, who);
  };
  const areIn = () =>
    Promise.all(
      [first, second, ana].map(async (their) => {
        await their.goto('/en/assist');
        return (await their.getByRole('heading', { level: 1 }).textContent()) !== w.signIn.title;
      }),
    );
  await open();
  await expect(page.getByRole('listitem').filter({ hasText: s.since.split(' {')[0] ?? '' })).toHaveCount(3);
  await again(s.end, 'gustavo');
  await expect(page.getByText(s.ended)).toBeVisible();
  expect((await areIn()).toSorted()).toEqual([false, true, true]);

  // Whoever signs in as somebody else ends nothing of theirs, and nobody names another's session.
  const [ended, left] = (await areIn())[0] ? [second, first] : [first, second];
  await ended.getByRole('button', { name: w.signIn.action }).click();
  await expect(ended.getByText('Gustavo Paz at centro')).toBeVisible();
  await open();
  await again(s.endOthers, 'beto');
  await expect(page.getByText('Beto')).toBeVisible();
  expect(await areIn()).toEqual([true, true, true]);
  const anas = createHash('sha256')
    .update((await session(ana.context())) ?? '')
    .digest('base64url');
  await left.goto('/en/assist/sessions');
  await left
    .locator('input[name=ends]')
    .first()
    .evaluate((input, id) => input.setAttribute('value', id), anas);
  await left.getByRole('button', { name: s.end }).first().click();
  await chooseAgent(left, 'gustavo');
  await expect(left.getByText(s.ended)).toBeVisible();
  expect((await areIn())[2]).toBe(true);
  for (const their of [first, second, ana]) await their.context().close();
});

test('a customer is begun by phone, parked, found again by a colleague, and not by another shop', async ({
  page,
  browser,
  journey,
  baseURL,
}) => {
  const phone = freshPhone();
  await signIn(page, 'ana');
  await beginCase(page, phone);
  await journey.expectTitle(words.en.steps.identity.title);
  await expect(page.locator('[name=phoneNumber]')).toHaveValue(phone);
  await expect(page.getByText('speaks Spanish')).toBeVisible();
  await journey.identity({ firstName: 'Rosa', lastName: 'Luna', birth: ['1', '2', '1990'], phone });
  await journey.continue();
  await journey.expectTitle(words.en.steps.address.title);
  const here = page.url();
  await page.getByRole('link', { name: w.title }).click();
  const found = page.getByRole('link', { name: 'Rosa Luna' }).first();
  await page.getByLabel(w.find).fill('luna r');
  await expect(found).toHaveCount(0);
  for (const typed of ['lúna', phone.slice(-4)]) {
    await page.getByLabel(w.find).fill(typed);
    await expect(found).toBeVisible();
  }

  const beto = await colleague(browser, baseURL, 'beto');
  await beginCase(beto, phone);
  await expect(beto).toHaveURL(here);
  const carla = await colleague(browser, baseURL, 'carla');
  await expect(carla.getByText(phone)).toHaveCount(0);
  const foreign = await carla.goto(here);
  const absent = await carla.goto(here.replace(/[0-9a-f]{12}\//, `${'0'.repeat(12)}/`));
  expect([foreign?.status(), absent?.status()]).toEqual([404, 404]);
  const emilio = await colleague(browser, baseURL, 'emilio');
  expect((await emilio.goto('/en/assist'))?.status()).toBe(404);
  for (const their of [beto, carla, emilio]) await their.context().close();
});

test('an agent fills in what the customer says up to the card, which is never on this screen', async ({
  page,
  journey,
  context,
}) => {
  const phone = freshPhone();
  await signIn(page, 'ana');
  await beginCase(page, phone);
  await journey.expectTitle(words.en.steps.identity.title);
  await journey.identity({ firstName: 'Rosa', lastName: 'Luna', birth: ['31', '2', '1990'], phone });
  await journey.continue();
  await journey.expectErrors([words.en.errors.dob.real]);
  await page.locator('[name="dob.day"]').fill('1');
  await journey.continue();
  await journey.expectTitle(words.en.steps.address.title);
  await journey.typeAddress();
  await journey.switchLanguage();
  await expect(page.locator('[name=address1]')).toHaveValue('Calle Dos 10');
  await journey.continue();
  await journey.expectTitle(words.es.steps.payment.title);
  await journey.choosePayment('Card');
  await journey.continue();
  await journey.expectTitle(words.es.assist.theirs.title);
  await expect(page.locator('iframe')).toHaveCount(0);
  await expect(page.locator('input:visible')).toHaveCount(0);
  // The agent's browser holds nothing of the customer's.
  expect((await context.cookies()).map(({ name }) => name).filter((name) => name.includes('draft'))).toEqual([]);
});

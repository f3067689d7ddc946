import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrowserContext, Page } from '@playwright/test';
import type { AuditEntry } from '../../../lib/domain/assist/audit.ts';
import { createPhone, expect, test } from '../../support/fixtures.ts';
import {
  agentMessages,
  chooseAgent,
  getPhoneText,
  openAgentPage,
  signIn,
  startCase,
} from '../../support/pages/agent.ts';
import { messages } from '../../support/pages/journey-page.ts';
import { runOperatorCommand } from '../../support/run-operator-command.ts';
import { SECOND_PERSON } from '../../support/second-person.ts';
import { getAppEnv, startStack } from '../../support/stack.ts';
import { getRun } from '../../support/test-run.ts';

const w = messages.en.assist;
const getIdpOrigin = () => getRun().origins['idp'] ?? '';

const getSessionCookie = async (context: BrowserContext) =>
  (await context.cookies()).find(({ name }) => name === '__Host-agent')?.value;

/** Puts a session's cookie into a browser. */
const setSessionCookie = (context: BrowserContext, origin: string, value: string) =>
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
  const oldCookie = cookie?.value ?? '';
  const logoutRequest = page.waitForRequest((request) => request.url().startsWith(`${getIdpOrigin()}/session/end`));
  await page.getByRole('button', { name: w.signOut }).click();
  // No token is in the address: the provider knows the app by its id and lets the agent confirm.
  const { searchParams } = new URL((await logoutRequest).url());
  expect([...searchParams.keys()].toSorted()).toEqual(['client_id', 'post_logout_redirect_uri']);
  await page.getByRole('button', { name: 'Sign out' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.signIn.title);
  expect(await getSessionCookie(context)).toBeUndefined();
  // A copied cookie is worth nothing after it was revoked.
  await setSessionCookie(context, baseURL ?? '', oldCookie);
  await page.goto('/en/assist');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.signIn.title);
  // Nor is the provider's own session still there.
  await page.getByRole('button', { name: w.signIn.action }).click();
  await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeVisible();
});

test('the audit has who signed in and who signed out, on which device, and nothing of who was refused', {
  tag: '@all',
}, async ({ browser }) => {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-audit-'));
  const { origins, stop } = await startStack({ ports: 'free', env: { DATA_DIR: folder } });
  const refusedPage = await openAgentPage(browser, origins.app, 'nadie');
  await expect(refusedPage.getByRole('alert').filter({ hasText: w.signIn.refused })).toBeVisible();
  const agentPage = await openAgentPage(browser, origins.app, 'ana');
  await agentPage.getByRole('button', { name: w.signOut }).click();
  await agentPage.getByRole('button', { name: 'Sign out' }).click();
  await expect(agentPage.getByRole('heading', { level: 1 })).toHaveText(w.signIn.title);
  for (const page of [refusedPage, agentPage]) await page.context().close();
  await stop();

  const { stdout } = await runOperatorCommand('audit', ['export'], {
    ...getAppEnv(origins.app, origins),
    DATA_DIR: folder,
  });
  const entries = stdout
    .trim()
    .split('\n')
    .map((line) => (JSON.parse(line) as { entry: AuditEntry }).entry);
  const [beginEntry, ...otherEntries] = entries.filter(({ action }) => action.startsWith('session.'));
  expect(beginEntry).toMatchObject({ actor: 'ana', role: 'agent', shop: 'centro', action: 'session.begin' });
  expect(beginEntry?.device).toMatch(/^[\w-]{12}$/);
  expect(otherEntries).toMatchObject([
    { actor: 'ana', shop: 'centro', action: 'session.out', device: beginEntry?.device },
  ]);
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
  const foreignCookie = 'A'.repeat(43);
  await setSessionCookie(context, baseURL ?? '', foreignCookie);
  await signIn(page, 'ana');
  await expect(page.getByText('Ana Torres at centro')).toBeVisible();
  const first = await getSessionCookie(context);
  expect(first).not.toBe(foreignCookie);
  await page.goto('/en/assist/sign-in');
  await page.getByRole('button', { name: w.signIn.action }).click();
  await expect(page.getByText('Ana Torres at centro')).toBeVisible();
  expect(await getSessionCookie(context)).not.toBe(first);
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
  await attacker.waitForURL(`${getIdpOrigin()}/**`);
  let callbackUrl = new URL((await attacker.locator('a[href$="as=ana"]').getAttribute('href')) ?? '', attacker.url())
    .href;
  while (!callbackUrl.includes('/assist/callback')) {
    const { location = '' } = (await attacker.context().request.get(callbackUrl, { maxRedirects: 0 })).headers();
    callbackUrl = new URL(location, callbackUrl).href;
  }
  expect(callbackUrl).toContain('code=');
  const failureAlert = page
    .getByRole('alert')
    .filter({ hasText: /The sign-in was not completed|No se completó el inicio/ });
  await page.goto(callbackUrl);
  await expect(failureAlert).toBeVisible();
  // The same for a victim who has a sign-in of their own under way.
  await page.goto('/en/assist');
  await page.getByRole('button', { name: w.signIn.action }).click();
  await page.waitForURL(`${getIdpOrigin()}/**`);
  await page.goto(callbackUrl);
  await expect(failureAlert).toBeVisible();
  expect(await getSessionCookie(page.context())).toBeUndefined();
  await attacker.context().close();
});

test('an agent sees where they are signed in and, after signing in once more, signs other devices out', {
  tag: '@all',
}, async ({ page, browser, baseURL }) => {
  const s = w.sessions;
  await signIn(page, 'gustavo');
  const openSessions = () => page.getByRole('link', { name: w.bar.sessions }).click();
  await openSessions();
  await expect(page.getByText(s.none)).toBeVisible();
  const [first, second] = [
    await openAgentPage(browser, baseURL, 'gustavo'),
    await openAgentPage(browser, baseURL, 'gustavo'),
  ];
  const ana = await openAgentPage(browser, baseURL, 'ana');
  /** The list leads through the provider, which asks although it remembers. */
  const confirmAgain = async (button: string, agentId: string) => {
    await page.getByRole('button', { name: button }).first().click();
    await chooseAgent(page, agentId);
  };
  const findSignedIn = () =>
    Promise.all(
      [first, second, ana].map(async (agentPage) => {
        await agentPage.goto('/en/assist');
        return (await agentPage.getByRole('heading', { level: 1 }).textContent()) !== w.signIn.title;
      }),
    );
  await openSessions();
  await expect(page.getByRole('listitem').filter({ hasText: s.since.split(' {')[0] ?? '' })).toHaveCount(3);
  await confirmAgain(s.end, 'gustavo');
  await expect(page.getByText(s.ended)).toBeVisible();
  expect((await findSignedIn()).toSorted()).toEqual([false, true, true]);

  // Another account's sign-in ends none of these sessions, and no agent can name another's session.
  const [endedPage, remainingPage] = (await findSignedIn())[0] ? [second, first] : [first, second];
  await endedPage.getByRole('button', { name: w.signIn.action }).click();
  await expect(endedPage.getByText('Gustavo Paz at centro')).toBeVisible();
  await openSessions();
  await confirmAgain(s.endOthers, 'beto');
  await expect(page.getByText('Beto')).toBeVisible();
  expect(await findSignedIn()).toEqual([true, true, true]);
  const anaSessionId = createHash('sha256')
    .update((await getSessionCookie(ana.context())) ?? '')
    .digest('base64url');
  await remainingPage.goto('/en/assist/sessions');
  await remainingPage
    .locator('input[name=ends]')
    .first()
    .evaluate((input, id) => input.setAttribute('value', id), anaSessionId);
  await remainingPage.getByRole('button', { name: s.end }).first().click();
  await chooseAgent(remainingPage, 'gustavo');
  await expect(remainingPage.getByText(s.ended)).toBeVisible();
  expect((await findSignedIn())[2]).toBe(true);
  for (const agentPage of [first, second, ana]) await agentPage.context().close();
});

test('a customer is begun by phone, parked, found again by a colleague, and not by another shop', {
  tag: '@all',
}, async ({ page, browser, journey, baseURL }) => {
  const phone = createPhone();
  await signIn(page, 'ana');
  await startCase(page, phone);
  await journey.expectTitle(agentMessages.en.steps.identity.title);
  await expect(page.locator('[name=phoneNumber]')).toHaveValue(phone);
  await expect(page.getByText('speaks Spanish')).toBeVisible();
  await journey.fillIdentity({ firstName: 'Rosa', lastName: 'Luna', birth: ['1', '2', '1990'], phone });
  await journey.continue();
  await journey.expectTitle(agentMessages.en.steps.address.title);
  const caseUrl = page.url();
  await page.getByRole('link', { name: w.title }).click();
  const caseLink = page.getByRole('link', { name: 'Rosa Luna' }).first();
  await expect(getPhoneText(page, phone)).toHaveText(/\+52 \d\d? /);
  await page.getByLabel(w.handle).fill('luna r');
  await expect(caseLink).toHaveCount(0);
  for (const query of ['lúna', phone.slice(-4)]) {
    await page.getByLabel(w.handle).fill(query);
    await expect(caseLink).toBeVisible();
  }

  const beto = await openAgentPage(browser, baseURL, 'beto');
  await startCase(beto, phone);
  await expect(beto).toHaveURL(caseUrl);
  const carla = await openAgentPage(browser, baseURL, 'carla');
  await expect(getPhoneText(carla, phone)).toHaveCount(0);
  const foreignResponse = await carla.goto(caseUrl);
  const absentResponse = await carla.goto(caseUrl.replace(/[0-9a-f]{12}\//, `${'0'.repeat(12)}/`));
  expect([foreignResponse?.status(), absentResponse?.status()]).toEqual([404, 404]);
  const emilio = await openAgentPage(browser, baseURL, 'emilio');
  expect((await emilio.goto('/en/assist'))?.status()).toBe(404);
  for (const agentPage of [beto, carla, emilio]) await agentPage.context().close();
});

test('a supervisor reads from a page of a case who did what: the newest act first, one row for a page', {
  tag: '@all',
}, async ({ page, journey }) => {
  const { title, actions } = w.history;
  await signIn(page, 'diana');
  await startCase(page, createPhone());
  await journey.expectTitle(agentMessages.en.steps.identity.title);
  await page.reload();
  await page.getByRole('link', { name: title }).click();
  await journey.expectTitle(title);
  const acts = await page.getByRole('listitem').allInnerTexts();
  expect(acts[0]).toContain(`Diana Vega · ${actions.case.history}`);
  expect(acts.at(-1)).toContain(`Diana Vega · ${actions.case.start}`);
  expect(acts.at(-1)).toContain(agentMessages.en.steps.identity.phoneNumber);
  expect(acts.filter((act) => act.includes(actions.case.read))).toHaveLength(1);
});

test('an agent fills in what the customer says up to the card, which is never on this screen', async ({
  page,
  journey,
  context,
}) => {
  const phone = createPhone();
  await signIn(page, 'ana');
  await startCase(page, phone);
  await journey.expectTitle(agentMessages.en.steps.identity.title);
  await journey.fillIdentity({ firstName: 'Rosa', lastName: 'Luna', birth: ['31', '2', '1990'], phone });
  await journey.continue();
  await journey.expectErrors([messages.en.errors.dob.real]);
  await page.locator('[name="dob.day"]').fill('1');
  await journey.continue();
  await journey.expectTitle(agentMessages.en.steps.address.title);
  await journey.fillAddress();
  await journey.switchLanguage();
  await expect(page.locator('[name=address1]')).toHaveValue('Calle Dos 10');
  await journey.continue();
  await journey.expectTitle(agentMessages.es.steps.payment.title);
  await journey.choosePayment('Card');
  await journey.continue();
  await journey.expectTitle(messages.es.assist.handOver.title);
  await expect(page.locator('iframe')).toHaveCount(0);
  await expect(page.locator('input:visible')).toHaveCount(0);
  // The agent can still go back to the answers, of which the choice of a card is one.
  const { assist } = messages.es;
  const { steps } = agentMessages.es;
  const getChange = (what: string) => page.getByRole('button', { name: assist.changeWhat.replace('{what}', what) });
  await page.getByRole('link', { name: assist.handOver.back }).click();
  await journey.expectTitle(steps.payment.title);
  await getChange(steps.address.short).click();
  await journey.expectTitle(steps.address.title);
  await expect(page.getByText(steps.payment.types.Card)).toBeVisible();
  await getChange(steps.payment.short).click();
  await journey.expectTitle(steps.payment.title);
  // The agent's browser holds nothing of the customer's.
  expect((await context.cookies()).map(({ name }) => name).filter((name) => name.includes('draft'))).toEqual([]);
});

/** Lists the visible texts, without the sentences that the agent reads out and without people's answers. */
const listVisibleTexts = (page: Page) =>
  page.evaluate(() => {
    const nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts: string[] = [];
    for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
      const { nodeValue, parentElement } = node;
      if (!nodeValue?.trim() || !parentElement?.checkVisibility() || parentElement.closest('q, bdi')) continue;
      texts.push(nodeValue.trim());
    }
    return texts;
  });

test('no page of the console speaks to the customer, its errors and its footer included', { tag: '@all' }, async ({
  page,
  journey,
}) => {
  const { steps, assist } = agentMessages.es;
  const phone = createPhone();
  journey.lang = 'es';
  const expectThirdPerson = async (title: string) => {
    await journey.expectTitle(title);
    const texts = await listVisibleTexts(page);
    expect(texts).toContain(title);
    expect(texts.filter((text) => SECOND_PERSON.es.test(text))).toEqual([]);
  };
  const continueWithErrors = async (title: string) => {
    await journey.expectTitle(title);
    await journey.continue();
    await expect(page.getByRole('alert').getByRole('link').first()).toBeVisible();
    await expectThirdPerson(title);
  };
  await page.goto('/es/assist/sign-in');
  await expectThirdPerson(assist.signIn.title);
  await signIn(page, 'diana', 'es');
  await expectThirdPerson(assist.title);
  await startCase(page, phone, 'es');
  await journey.expectTitle(steps.identity.title);
  await journey.openOptionalFields();
  await continueWithErrors(steps.identity.title);
  await journey.fillIdentity({ firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'], phone });
  await journey.continue();
  await continueWithErrors(steps.address.title);
  await journey.fillAddress();
  await journey.continue();
  await continueWithErrors(steps.payment.title);
  await journey.choosePayment('DigitalWallet');
  await journey.continue();
  await expectThirdPerson(assist.handOver.title);
  await page.getByRole('link', { name: assist.handOver.back }).click();
  await journey.expectTitle(steps.payment.title);
  await page.getByRole('button', { name: assist.changeWhat.replace('{what}', steps.address.short) }).click();
  await expectThirdPerson(steps.address.title);
  await page.evaluate(() =>
    fetch('/assist/lock', { method: 'POST', body: new URLSearchParams({ path: '/es/assist' }) }),
  );
  await page.goto('/es/assist/locked');
  await expectThirdPerson(assist.locked.title);
});

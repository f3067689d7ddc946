import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from '../../support/fixtures.ts';
import { chooseAgent, signIn } from '../../support/pages/agent.ts';
import { type Lang, messages } from '../../support/pages/journey-page.ts';
import { getRun } from '../../support/test-run.ts';

/** The cookie that holds sign-in attempts. */
const MAX_SIGN_INS = 4;

const getIdpOrigin = () => getRun().origins['idp'] ?? '';
const expectTitle = (page: Page, title: string) => expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
const expectProblem = (page: Page, lang: Lang, problem: 'failed' | 'cookies' = 'failed') =>
  expect(page.getByRole('alert').filter({ hasText: messages[lang].assist.signIn[problem] })).toBeVisible();
const countAttempts = async (context: BrowserContext) =>
  (await context.cookies()).filter(({ name }) => name.startsWith('__Host-sign-in')).length;

/** A tab whose agent has come to the provider and has not yet said who they are. */
async function beginSignIn(context: BrowserContext, lang: Lang): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`/${lang}/assist`);
  await page.getByRole('button', { name: messages[lang].assist.signIn.action }).click();
  await page.waitForURL(`${getIdpOrigin()}/**`);
  return page;
}

/** Ends an attempt, and resolves to the address by which the provider led back. */
async function completeSignIn(page: Page, agentId = 'ana'): Promise<string> {
  const callbackRequest = page.waitForRequest((request) => request.url().includes('/assist/callback?'));
  await chooseAgent(page, agentId);
  return (await callbackRequest).url();
}

test('tabs that sign in side by side all get there, in any order, each in its language', { tag: '@all' }, async ({
  context,
}) => {
  const firstTab = await beginSignIn(context, 'en');
  const abandonedTab = await beginSignIn(context, 'en');
  const lastTab = await beginSignIn(context, 'es');
  await completeSignIn(lastTab);
  await expectTitle(lastTab, messages.es.assist.title);
  await completeSignIn(firstTab);
  await expectTitle(firstTab, messages.en.assist.title);
  // The attempt that ended last has replaced the session for both.
  await lastTab.reload();
  await expectTitle(lastTab, messages.es.assist.title);
  expect(await countAttempts(context)).toBe(1);
  await completeSignIn(abandonedTab);
  await expectTitle(abandonedTab, messages.en.assist.title);
  expect(await countAttempts(context)).toBe(0);
});

test('tabs of a locked device come back to the page that was locked', { tag: '@all' }, async ({
  page,
  context,
  baseURL,
}) => {
  await signIn(page, 'ana');
  await expectTitle(page, messages.en.assist.title);
  const postOptions = { form: { path: '/en/assist/sessions' }, headers: { origin: baseURL ?? '' } };
  expect((await page.request.post('/assist/lock', postOptions)).status()).toBe(204);
  const openSignIn = async (tab: Page, lang: Lang) => {
    await tab.goto(`/${lang}/assist`);
    await tab.getByRole('button', { name: messages[lang].assist.locked.action }).click();
    await tab.waitForURL(`${getIdpOrigin()}/**`);
  };
  const secondTab = await context.newPage();
  const thirdTab = await context.newPage();
  await openSignIn(page, 'en');
  await openSignIn(secondTab, 'es');
  await openSignIn(thirdTab, 'en');
  for (const tab of [secondTab, page]) {
    await completeSignIn(tab);
    await expect(tab).toHaveURL(/\/en\/assist\/sessions$/);
  }
  // Another person in the last tab: their list, not the page of the one before.
  await completeSignIn(thirdTab, 'carla');
  await expectTitle(thirdTab, messages.en.assist.title);
});

test('an attempt that began before the device was locked does not open it', async ({ page, context, baseURL }) => {
  const otherTab = await beginSignIn(context, 'es');
  await signIn(page, 'ana');
  await expectTitle(page, messages.en.assist.title);
  const postOptions = { form: { path: '/en/assist' }, headers: { origin: baseURL ?? '' } };
  expect((await page.request.post('/assist/lock', postOptions)).status()).toBe(204);
  await completeSignIn(otherTab);
  await expectProblem(otherTab, 'es');
  await page.goto('/en/assist');
  await expectTitle(page, messages.en.assist.locked.title);
});

test('a way back that was used, or that this browser does not know, leads to a new try in the attempt’s language', {
  tag: '@all',
}, async ({ page, context }) => {
  const [tab, otherTab] = [await beginSignIn(context, 'en'), await beginSignIn(context, 'es')];
  const usedCallback = await completeSignIn(tab);
  await expectTitle(tab, messages.en.assist.title);
  await tab.goto(usedCallback);
  await expectProblem(tab, 'en');
  // The session goes on.
  await tab.goto('/en/assist');
  await expectTitle(tab, messages.en.assist.title);

  await context.clearCookies({ name: /^__Host-/ });
  await completeSignIn(otherTab);
  await expectProblem(otherTab, 'es', 'cookies');
  await otherTab.getByRole('button', { name: messages.es.assist.signIn.action }).click();
  await expectTitle(otherTab, messages.es.assist.title);

  // Without a state of ours the browser's own language counts.
  await page.goto('/assist/callback?code=x&state=y');
  await expectProblem(page, 'en');
});

test('of more attempts than are kept the oldest one fails in its language, the others end', { tag: '@all' }, async ({
  context,
}) => {
  const oldestTab = await beginSignIn(context, 'en');
  const otherTabs: Page[] = [];
  for (let tabsLeft = MAX_SIGN_INS; tabsLeft > 0; tabsLeft -= 1) otherTabs.push(await beginSignIn(context, 'es'));
  expect(await countAttempts(context)).toBe(MAX_SIGN_INS);
  await completeSignIn(oldestTab);
  await expectProblem(oldestTab, 'en');
  for (const tab of otherTabs) {
    await completeSignIn(tab);
    await expectTitle(tab, messages.es.assist.title);
  }
});

import type { BrowserContext, Page } from '@playwright/test';
import { expect, test } from '../../support/fixtures.ts';
import { chooseAgent, signIn } from '../../support/pages/agent.ts';
import { type Lang, words } from '../../support/pages/journey-page.ts';
import { runOf } from '../../support/run.ts';

/** What the app keeps of attempts that have begun. */
const MAX_SIGN_INS = 4;

const idp = () => runOf().origins['idp'] ?? '';
const expectTitle = (page: Page, title: string) => expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
const expectProblem = (page: Page, lang: Lang) =>
  expect(page.getByRole('alert').filter({ hasText: words[lang].assist.signIn.failed })).toBeVisible();
const countAttempts = async (context: BrowserContext) =>
  (await context.cookies()).filter(({ name }) => name.startsWith('__Host-sign-in')).length;

/** A tab whose agent has come to the provider and has not yet said who they are. */
async function beginIn(context: BrowserContext, lang: Lang): Promise<Page> {
  const page = await context.newPage();
  await page.goto(`/${lang}/assist`);
  await page.getByRole('button', { name: words[lang].assist.signIn.action }).click();
  await page.waitForURL(`${idp()}/**`);
  return page;
}

/** Ends an attempt, and resolves to the address by which the provider led back. */
async function endIn(page: Page, who = 'ana'): Promise<string> {
  const back = page.waitForRequest((request) => request.url().includes('/assist/callback?'));
  await chooseAgent(page, who);
  return (await back).url();
}

test('tabs that sign in side by side all get there, in any order, each in its language', async ({ context }) => {
  const first = await beginIn(context, 'en');
  const abandoned = await beginIn(context, 'en');
  const last = await beginIn(context, 'es');
  await endIn(last);
  await expectTitle(last, words.es.assist.new);
  await endIn(first);
  await expectTitle(first, words.en.assist.new);
  // The attempt that ended last has replaced the session for both.
  await last.reload();
  await expectTitle(last, words.es.assist.new);
  expect(await countAttempts(context)).toBe(1);
  await endIn(abandoned);
  await expectTitle(abandoned, words.en.assist.new);
  expect(await countAttempts(context)).toBe(0);
});

test('tabs of a locked device come back to the page that was locked', async ({ page, context, baseURL }) => {
  await signIn(page, 'ana');
  await expectTitle(page, words.en.assist.new);
  const post = { form: { path: '/en/assist/sessions' }, headers: { origin: baseURL ?? '' } };
  expect((await page.request.post('/assist/lock', post)).status()).toBe(204);
  const begin = async (tab: Page, lang: Lang) => {
    await tab.goto(`/${lang}/assist`);
    await tab.getByRole('button', { name: words[lang].assist.locked.action }).click();
    await tab.waitForURL(`${idp()}/**`);
  };
  const second = await context.newPage();
  const third = await context.newPage();
  await begin(page, 'en');
  await begin(second, 'es');
  await begin(third, 'en');
  for (const tab of [second, page]) {
    await endIn(tab);
    await expect(tab).toHaveURL(/\/en\/assist\/sessions$/);
  }
  // Another person in the last tab: their list, not the page of the one before.
  await endIn(third, 'carla');
  await expectTitle(third, words.en.assist.new);
});

test('an attempt that began before the device was locked does not open it', async ({ page, context, baseURL }) => {
  const other = await beginIn(context, 'es');
  await signIn(page, 'ana');
  await expectTitle(page, words.en.assist.new);
  const post = { form: { path: '/en/assist' }, headers: { origin: baseURL ?? '' } };
  expect((await page.request.post('/assist/lock', post)).status()).toBe(204);
  await endIn(other);
  await expectProblem(other, 'es');
  await page.goto('/en/assist');
  await expectTitle(page, words.en.assist.locked.title);
});

test('a way back that was used, or that this browser does not know, leads to a new try in the attempt’s language', async ({
  page,
  context,
}) => {
  const [tab, other] = [await beginIn(context, 'en'), await beginIn(context, 'es')];
  const used = await endIn(tab);
  await expectTitle(tab, words.en.assist.new);
  await tab.goto(used);
  await expectProblem(tab, 'en');
  // The session goes on.
  await tab.goto('/en/assist');
  await expectTitle(tab, words.en.assist.new);

  await context.clearCookies({ name: /^__Host-/ });
  await endIn(other);
  await expectProblem(other, 'es');
  await other.getByRole('button', { name: words.es.assist.signIn.action }).click();
  await expectTitle(other, words.es.assist.new);

  // Without a state of ours the browser's own language counts.
  await page.goto('/assist/callback?code=x&state=y');
  await expectProblem(page, 'en');
});

test('of more attempts than are kept the oldest one fails in its language, the others end', async ({ context }) => {
  const oldest = await beginIn(context, 'en');
  const others: Page[] = [];
  for (let left = MAX_SIGN_INS; left > 0; left -= 1) others.push(await beginIn(context, 'es'));
  expect(await countAttempts(context)).toBe(MAX_SIGN_INS);
  await endIn(oldest);
  await expectProblem(oldest, 'en');
  for (const tab of others) {
    await endIn(tab);
    await expectTitle(tab, words.es.assist.new);
  }
});

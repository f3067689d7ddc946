import { type Browser, expect, type Page } from '@playwright/test';
import type { DrillPerson, DrillRows } from '../../../lib/store/drill-rows.ts';
import { beginCase, colleague, confirm, customersPhone, offered, shownDigits } from '../pages/agent.ts';
import { JourneyPage, words } from '../pages/journey-page.ts';
import type { Deployment } from './deployment.ts';

const w = words.en.assist;
const theirs = words.es;
/** People whom no other check changes. */
const [HANDED, FOUND] = [1, 2];

function pick(people: readonly DrillPerson[] | undefined, at: number): DrillPerson {
  const found = people?.at(at);
  if (!found) throw new Error(`There is no person ${at}`);
  return found;
}

/** Puts cookies of the drill into a browser. */
const plant = (page: Page, { app }: Deployment, cookies: Record<string, string>) =>
  page.context().addCookies(
    Object.entries(cookies).map(([name, value]) => ({
      ...{ name, value, url: app.replace('http:', 'https:'), secure: true, httpOnly: true },
    })),
  );

/** A customer goes on in the browser with what was typed, up to the session link. */
async function checkJourney(browser: Browser, deployment: Deployment, { people }: DrillRows): Promise<void> {
  const { phone, token } = pick(people.asking, 1);
  const journey = new JourneyPage(await customersPhone(browser, deployment.app, 'en'));
  await plant(journey.page, deployment, { '__Host-draft': token });
  await journey.page.goto('/en/onboarding/identity');
  await expect(journey.page.locator('[name=firstName]')).toHaveValue('Maria');
  await expect(journey.page.locator('[name=phoneNumber]')).toHaveValue(phone);
  await journey.page.goto('/en/onboarding/address');
  await expect(journey.page.locator('[name=address1]')).toHaveValue('Calle Dos 10');
  await journey.page.goto('/en/onboarding/review');
  await journey.submit();
  await journey.expectLink();
  await journey.page.context().close();
}

/** A code from before lets a device into its case. */
async function checkHandOver(browser: Browser, deployment: Deployment, desk: Page, { people }: DrillRows) {
  const { caseId, code = '' } = pick(people.waiting, HANDED);
  await desk.goto(`/en/assist/cases/${caseId}/hand-over`);
  expect((await offered(desk)).code.replace(' ', '')).toBe(code);
  const device = new JourneyPage(await customersPhone(browser, deployment.app));
  await device.page.goto('/es/continue');
  await device.page.getByLabel(theirs.continue.code).fill(code);
  await device.page.getByRole('button', { name: theirs.continue.redeem }).click();
  await confirm(desk, await shownDigits(device.page));
  await device.expectTitle(theirs.review.title);
  await device.page.context().close();
}

/** A request for help from before is claimed by its code, and the agent sees what the customer had typed. */
async function checkTakeOver(browser: Browser, deployment: Deployment, desk: Page, { people }: DrillRows) {
  const { token, helpToken = '', code = '', phone } = pick(people.asking, 0);
  const device = new JourneyPage(await customersPhone(browser, deployment.app));
  await plant(device.page, deployment, { '__Host-draft': token, '__Host-help': helpToken });
  await device.page.goto('/es/continue/help');
  await desk.goto('/en/assist');
  await desk.getByText(w.takeOver.open).click();
  await desk.getByLabel(w.takeOver.label).fill(code);
  await desk.getByRole('button', { name: w.takeOver.action }).click();
  await device.press(theirs.continue.help.agree);
  await desk.waitForURL(/\/assist\/cases\//);
  const [path = ''] = /\/en\/assist\/cases\/[0-9a-f-]{36}/.exec(desk.url()) ?? [];
  await desk.goto(`${path}/identity`);
  await expect(desk.locator('[name=phoneNumber]')).toHaveValue(phone);
  await device.page.context().close();
}

/** The supervisor's pages list what waits for a decision, and answer for a case. */
async function checkSupervisor(browser: Browser, { app }: Deployment, { people }: DrillRows): Promise<void> {
  const { caseId, submissionId = '' } = pick(people.parked, 0);
  const desk = await colleague(browser, app, 'diana');
  await expect(desk.getByRole('heading', { level: 1 })).toHaveText(w.new);
  await desk.goto('/en/assist/parked');
  await expect(desk.getByText(submissionId.slice(0, 8).toUpperCase())).toBeVisible();
  await expect(desk.getByText('Maria Garcia').first()).toBeVisible();
  for (const path of [`cases/${caseId}/history`, `cases/${caseId}/hand-over`, 'figures', 'sessions']) {
    expect([path, (await desk.goto(`/en/assist/${path}`))?.status()]).toEqual([path, 200]);
  }
  await desk.context().close();
}

/** An agent's session from before is alive. */
async function checkSession(browser: Browser, deployment: Deployment, { sessions }: DrillRows): Promise<void> {
  const page = await (await browser.newContext({ baseURL: deployment.app })).newPage();
  await plant(page, deployment, { '__Host-agent': sessions[0] ?? '' });
  await page.goto('/en/assist');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.new);
  await page.context().close();
}

/**
 * Every kind of page that shows encrypted values, or finds them by a hash, to customers and at the console.
 *
 * @param desk of an agent who signed in before the rotation; signs out in the end, at the provider too
 */
export async function checkPages(browser: Browser, deployment: Deployment, desk: Page, rows: DrillRows): Promise<void> {
  const { phone, caseId } = pick(rows.people.waiting, FOUND);
  await desk.goto('/en/assist');
  await expect(desk.getByText(phone)).toBeVisible();
  await beginCase(desk, phone);
  await expect(desk).toHaveURL(new RegExp(`/assist/cases/${caseId}/`));
  await desk.goto(`/en/assist/cases/${caseId}/identity`);
  await expect(desk.locator('[name=firstName]')).toHaveValue('Maria');
  await checkHandOver(browser, deployment, desk, rows);
  await checkTakeOver(browser, deployment, desk, rows);
  await checkSupervisor(browser, deployment, rows);
  await checkSession(browser, deployment, rows);
  await checkJourney(browser, deployment, rows);
  await desk.goto('/en/assist');
  await desk.getByRole('button', { name: w.signOut }).click();
  await desk.getByRole('button', { name: 'Sign out' }).click();
  await expect(desk.getByRole('heading', { level: 1 })).toHaveText(w.signIn.title);
}

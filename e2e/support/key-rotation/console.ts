import { type Browser, expect, type Page } from '@playwright/test';
import {
  openAgentPage,
  openCustomer,
  openCustomerPhone,
  pressConfirmationCode,
  readConfirmationCode,
  readOffer,
  startCase,
} from '../pages/agent.ts';
import { JourneyPage, messages } from '../pages/journey-page.ts';
import type { Deployment } from './deployment.ts';
import type { SeedPerson, SeedRows } from './seed-rows.ts';

const w = messages.en.assist;
const customerMessages = messages.es;
/** People whom no other check changes. */
const [HANDED_OVER_INDEX, FOUND_INDEX] = [1, 2];

function pick(people: readonly SeedPerson[] | undefined, index: number): SeedPerson {
  const person = people?.at(index);
  if (!person) throw new Error(`There is no person ${index}`);
  return person;
}

/** Puts cookies of the drill into a browser. */
const setCookies = (page: Page, { app }: Deployment, cookies: Record<string, string>) =>
  page.context().addCookies(
    Object.entries(cookies).map(([name, value]) => ({
      name,
      value,
      url: app.replace('http:', 'https:'),
      secure: true,
      httpOnly: true,
    })),
  );

/** A customer goes on in the browser with what was typed, up to the session link. */
async function checkJourney(browser: Browser, deployment: Deployment, { people }: SeedRows): Promise<void> {
  const { phone, token } = pick(people.asking, 1);
  const journey = new JourneyPage(await openCustomerPhone(browser, deployment.app, 'en'));
  await setCookies(journey.page, deployment, { '__Host-draft': token });
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
async function checkHandOver(browser: Browser, deployment: Deployment, agentPage: Page, { people }: SeedRows) {
  const { caseId, code = '' } = pick(people.waiting, HANDED_OVER_INDEX);
  await agentPage.goto(`/en/assist/cases/${caseId}/hand-over`);
  expect((await readOffer(agentPage)).code.replace(' ', '')).toBe(code);
  const device = new JourneyPage(await openCustomerPhone(browser, deployment.app));
  await device.page.goto('/es/continue');
  await device.page.getByLabel(customerMessages.continue.code).fill(code);
  await device.page.getByRole('button', { name: customerMessages.continue.redeem }).click();
  await pressConfirmationCode(agentPage, await readConfirmationCode(device.page));
  await device.expectTitle(customerMessages.review.title);
  await device.page.context().close();
}

/** A request for help from before is claimed by its code, and the agent sees what the customer had typed. */
async function checkTakeOver(browser: Browser, deployment: Deployment, agentPage: Page, { people }: SeedRows) {
  const { token, helpToken = '', code = '', phone } = pick(people.asking, 0);
  const device = new JourneyPage(await openCustomerPhone(browser, deployment.app));
  await setCookies(device.page, deployment, { '__Host-draft': token, '__Host-help': helpToken });
  await device.page.goto('/es/continue/help');
  await agentPage.goto('/en/assist');
  await openCustomer(agentPage, code);
  await device.press(customerMessages.continue.help.agree);
  await agentPage.waitForURL(/\/assist\/cases\//);
  const [path = ''] = /\/en\/assist\/cases\/[0-9a-f-]{36}/.exec(agentPage.url()) ?? [];
  await agentPage.goto(`${path}/identity`);
  await expect(agentPage.locator('[name=phoneNumber]')).toHaveValue(phone);
  await device.page.context().close();
}

/** The supervisor's pages list what waits for a decision, and answer for a case. */
async function checkSupervisor(browser: Browser, { app }: Deployment, { people }: SeedRows): Promise<void> {
  const { caseId, submissionId = '' } = pick(people.parked, 0);
  const agentPage = await openAgentPage(browser, app, 'diana');
  await expect(agentPage.getByRole('heading', { level: 1 })).toHaveText(w.title);
  await agentPage.goto('/en/assist/parked');
  await expect(agentPage.getByText(submissionId.slice(0, 8).toUpperCase())).toBeVisible();
  await expect(agentPage.getByText('Maria Garcia').first()).toBeVisible();
  for (const path of [`cases/${caseId}/history`, `cases/${caseId}/hand-over`, 'figures', 'sessions']) {
    expect([path, (await agentPage.goto(`/en/assist/${path}`))?.status()]).toEqual([path, 200]);
  }
  await agentPage.context().close();
}

/** An agent's session from before is alive. */
async function checkSession(browser: Browser, deployment: Deployment, { sessions }: SeedRows): Promise<void> {
  const page = await (await browser.newContext({ baseURL: deployment.app })).newPage();
  await setCookies(page, deployment, { '__Host-agent': sessions[0] ?? '' });
  await page.goto('/en/assist');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.title);
  await page.context().close();
}

/**
 * Every kind of page that shows encrypted values, or finds them by a hash, to customers and at the console.
 *
 * @param agentPage of an agent who signed in before the rotation; signs out in the end, at the provider too
 */
export async function checkPages(
  browser: Browser,
  deployment: Deployment,
  agentPage: Page,
  rows: SeedRows,
): Promise<void> {
  const { phone, caseId } = pick(rows.people.waiting, FOUND_INDEX);
  await agentPage.goto('/en/assist');
  await expect(agentPage.getByText(phone)).toBeVisible();
  await startCase(agentPage, phone);
  await expect(agentPage).toHaveURL(new RegExp(`/assist/cases/${caseId}/`));
  await agentPage.goto(`/en/assist/cases/${caseId}/identity`);
  await expect(agentPage.locator('[name=firstName]')).toHaveValue('Maria');
  await checkHandOver(browser, deployment, agentPage, rows);
  await checkTakeOver(browser, deployment, agentPage, rows);
  await checkSupervisor(browser, deployment, rows);
  await checkSession(browser, deployment, rows);
  await checkJourney(browser, deployment, rows);
  await agentPage.goto('/en/assist');
  await agentPage.getByRole('button', { name: w.signOut }).click();
  await agentPage.getByRole('button', { name: 'Sign out' }).click();
  await expect(agentPage.getByRole('heading', { level: 1 })).toHaveText(w.signIn.title);
}

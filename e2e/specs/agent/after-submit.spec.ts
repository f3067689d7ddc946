import type { Browser, Page } from '@playwright/test';
import { createPhone, expect, test } from '../../support/fixtures.ts';
import {
  acceptHandOver,
  agentMessages,
  handOverCase,
  openAgentPage,
  openCustomerPhone,
  signIn,
  startCase,
} from '../../support/pages/agent.ts';
import { JourneyPage, messages } from '../../support/pages/journey-page.ts';
import { raas } from '../../support/stand-in-controls.ts';

const w = messages.en.assist;
const customerMessages = messages.es;

/** Creates a case, which its customer submits from their own phone. @returns the customer's page */
async function submitCase(page: Page, browser: Browser, baseURL: string | undefined, phone: string): Promise<Page> {
  const journey = new JourneyPage(page);
  await signIn(page, 'ana');
  await startCase(page, phone);
  await journey.fillCaseWithWallet(phone);
  const { link } = await handOverCase(page);
  const customerPage = await openCustomerPhone(browser, baseURL);
  const customer = new JourneyPage(customerPage);
  customer.lang = 'es';
  await acceptHandOver(page, customerPage, link);
  await customer.expectTitle(customerMessages.review.title);
  await customer.submit();
  return customerPage;
}

test('after delivery the agent asks the service for the enrolment state, and the request has this phone alone', {
  tag: '@all',
}, async ({ page, journey, browser, baseURL }) => {
  const phone = createPhone();
  const customerPage = await submitCase(page, browser, baseURL, phone);
  await journey.expectTitle(w.outcome.delivered.title);
  const findLookups = async () =>
    (await raas.getRequests(phone)).filter(({ path }) => path.endsWith('/auth/get-user-token-v2'));
  const lookupsBefore = (await findLookups()).length;
  await page.getByRole('button', { name: w.outcome.ask }).click();
  await expect(page.getByText(w.outcome.enrolment.done)).toBeVisible();
  const newLookups = (await findLookups()).slice(lookupsBefore);
  expect(newLookups.map(({ body }) => JSON.parse(body))).toEqual([{ phoneNumber: phone.replace('+52', '+521') }]);
  await customerPage.context().close();
});

test('after a refused screening the agent and the customer see a neutral text, and compliance alone sees the code', {
  tag: '@all',
}, async ({ page, journey, browser, baseURL }) => {
  const phone = createPhone();
  await raas.setNextAnswer(phone, { status: 400, body: { code: 'ERROR_OFAC_NOT_VALID', reason: 'Sanctions match' } });
  const customerPage = await submitCase(page, browser, baseURL, phone);
  await journey.expectTitle(w.outcome.refused.title);
  await expect(page.locator('q')).toHaveText(customerMessages.spoken.outcome.refused);
  await expect(customerPage.getByRole('heading', { level: 1 })).toHaveText(customerMessages.outcome.refused.title);
  for (const screen of [page, customerPage]) await expect(screen.getByText(/OFAC|Sanctions/)).toHaveCount(0);

  const fernanda = await openAgentPage(browser, baseURL, 'fernanda');
  await fernanda.getByRole('link', { name: 'Ana Ruiz' }).filter({ visible: true }).first().waitFor();
  await fernanda.goto(page.url());
  await expect(fernanda.getByText('HTTP 400 ERROR_OFAC_NOT_VALID')).toBeVisible();
  await expect(fernanda.getByText('Sanctions')).toHaveCount(0);
  await expect(fernanda.getByRole('button', { name: w.next })).toHaveCount(0);
  await fernanda.getByRole('link', { name: w.history.title }).click();
  await expect(fernanda.getByText(w.history.actions.case.reason)).toBeVisible();
  await fernanda.context().close();

  // The agent goes through the answers and changes one; the customer submits again.
  await page.getByRole('link', { name: w.outcome.refused.action }).click();
  await journey.expectTitle(agentMessages.en.steps.identity.title);
  await page.locator('[name=firstName]').fill('Rosa');
  await journey.continue();
  await journey.expectTitle(w.handOver.title);
  await expect(page.getByRole('status')).toContainText('Current step');
  const customer = new JourneyPage(customerPage);
  customer.lang = 'es';
  await customerPage.goto('/es/onboarding/review');
  await customer.submit();
  await customer.expectLink();
  await journey.expectTitle(w.outcome.delivered.title);
  expect(await raas.getSubmitRequests(phone)).toHaveLength(2);
  await customerPage.context().close();
});

import type { Browser, Page } from '@playwright/test';
import { expect, freshPhone, test } from '../../support/fixtures.ts';
import { accept, beginCase, colleague, customersPhone, handOverCase, signIn } from '../../support/pages/agent.ts';
import { JourneyPage, words } from '../../support/pages/journey-page.ts';
import { raas } from '../../support/sandbox-control.ts';

const w = words.en.assist;
const theirs = words.es;

/** A case that its customer has sent from their own phone. */
async function sentCase(page: Page, browser: Browser, baseURL: string | undefined, phone: string): Promise<Page> {
  const journey = new JourneyPage(page);
  await signIn(page, 'ana');
  await beginCase(page, phone);
  await journey.walletFromCase(phone);
  const { link } = await handOverCase(page);
  const their = await customersPhone(browser, baseURL);
  const customer = new JourneyPage(their);
  customer.lang = 'es';
  await accept(page, their, link);
  await customer.expectTitle(theirs.review.title);
  await customer.submit();
  return their;
}

test('once delivered, the agent asks the service how far the customer is, of this phone alone', async ({
  page,
  journey,
  browser,
  baseURL,
}) => {
  const phone = freshPhone();
  const their = await sentCase(page, browser, baseURL, phone);
  await journey.expectTitle(w.outcome.delivered.title);
  const looks = async () => (await raas.all(phone)).filter(({ path }) => path.endsWith('/auth/get-user-token-v2'));
  const before = (await looks()).length;
  await page.getByRole('button', { name: w.outcome.ask }).click();
  await expect(page.getByText(w.outcome.enrolment.done)).toBeVisible();
  const asked = (await looks()).slice(before);
  expect(asked.map(({ body }) => JSON.parse(body))).toEqual([{ phoneNumber: phone.replace('+52', '+521') }]);
  await their.context().close();
});

test('a screening that said no: neutral for the agent and the customer, the code for compliance alone', async ({
  page,
  journey,
  browser,
  baseURL,
}) => {
  const phone = freshPhone();
  await raas.next(phone, { status: 400, body: { code: 'ERROR_OFAC_NOT_VALID', reason: 'Sanctions match' } });
  const their = await sentCase(page, browser, baseURL, phone);
  await journey.expectTitle(w.outcome.refused.title);
  await expect(page.locator('q')).toHaveText(theirs.spoken.outcome.refused);
  await expect(their.getByRole('heading', { level: 1 })).toHaveText(theirs.outcome.refused.title);
  for (const screen of [page, their]) await expect(screen.getByText(/OFAC|Sanctions/)).toHaveCount(0);

  const fernanda = await colleague(browser, baseURL, 'fernanda');
  await fernanda.getByRole('link', { name: 'Ana Ruiz' }).filter({ visible: true }).first().waitFor();
  await fernanda.goto(page.url());
  await expect(fernanda.getByText('HTTP 400 ERROR_OFAC_NOT_VALID')).toBeVisible();
  await expect(fernanda.getByText('Sanctions')).toHaveCount(0);
  await expect(fernanda.getByRole('button', { name: w.handOver.next })).toHaveCount(0);
  await fernanda.getByRole('link', { name: w.history.title }).click();
  await expect(fernanda.getByText(w.history.actions.case.reason)).toBeVisible();
  await fernanda.context().close();

  // The answers are gone through, changed, and sent again by the customer.
  await page.getByRole('link', { name: w.outcome.refused.action }).click();
  await journey.expectTitle(words.en.steps.identity.title);
  await page.locator('[name=firstName]').fill('Rosa');
  await journey.continue();
  await journey.expectTitle(w.theirs.title);
  await page.getByRole('link', { name: w.theirs.action }).click();
  await expect(page.getByRole('status')).toContainText('They are at');
  const customer = new JourneyPage(their);
  customer.lang = 'es';
  await their.goto('/es/onboarding/review');
  await customer.submit();
  await customer.expectLink();
  await journey.expectTitle(w.outcome.delivered.title);
  expect(await raas.received(phone)).toHaveLength(2);
  await their.context().close();
});

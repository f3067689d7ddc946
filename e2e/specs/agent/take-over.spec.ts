import { createPhone, expect, test } from '../../support/fixtures.ts';
import {
  agentMessages,
  getConfirmationCode,
  getPhoneText,
  openAgentPage,
  openCustomer,
  openCustomerPhone,
  readShortCode,
  signIn,
} from '../../support/pages/agent.ts';
import { JourneyPage, messages } from '../../support/pages/journey-page.ts';

const w = messages.en.assist;
const customerMessages = messages.es;

test('a customer shows a code, agrees, and an agent goes on with what they had typed; either side ends it', async ({
  page,
  journey,
  browser,
  baseURL,
}) => {
  const phone = createPhone();
  const customerPage = await openCustomerPhone(browser, baseURL);
  const customer = new JourneyPage(customerPage);
  await customer.start('es');
  // Half typed, and not continued.
  await customer.fillIdentity({ firstName: 'Rosa', lastName: 'Luna', birth: ['1', '2', '1990'], phone });
  await customer.press(customerMessages.continue.help.offer.replace('{brand}', 'Puente'));
  await customer.expectTitle(customerMessages.continue.help.title);
  await customer.press(customerMessages.continue.help.get);
  const code = await readShortCode(customerPage);
  expect(code).toMatch(/^[2-9A-Z]{4} [2-9A-Z]{4}$/);

  await signIn(page, 'ana');
  await openCustomer(page, 'ABCD EFGH');
  await expect(page.getByRole('alert').filter({ hasText: messages.en.errors.customer.code })).toBeVisible();
  await openCustomer(page, code.toLowerCase());
  await journey.expectTitle(w.takeOver.title);
  const digits = (await getConfirmationCode(page).textContent()) ?? '';
  // Before the customer has agreed nothing of theirs is on the agent's screen.
  await expect(page.getByText('Rosa')).toHaveCount(0);
  await expect(getPhoneText(page, phone)).toHaveCount(0);

  // A code that was used leads nowhere, for a colleague neither; and the page is the agent's alone.
  const beto = await openAgentPage(browser, baseURL, 'beto');
  await openCustomer(beto, code);
  await expect(beto.getByRole('alert').filter({ hasText: messages.en.errors.customer.code })).toBeVisible();
  expect((await beto.goto(page.url()))?.status()).toBe(404);
  await beto.context().close();

  await expect(customerPage.getByText(digits, { exact: true })).toBeVisible();
  await expect(customerPage.getByText(/Una persona de Puente en centro/)).toBeVisible();
  await customer.press(customerMessages.continue.help.agree);
  await customer.expectTitle(customerMessages.steps.identity.title);
  await expect(customerPage.locator('[name=firstName]')).toHaveValue('Rosa');
  await expect(customerPage.getByText(/te está ayudando/)).toBeVisible();
  await journey.expectTitle(agentMessages.en.steps.identity.title);
  await expect(page.locator('[name=firstName]')).toHaveValue('Rosa');
  await expect(page.getByText(w.sources.customer).first()).toBeVisible();
  await expect(page.getByText('speaks Spanish')).toBeVisible();
  await journey.continue();
  await journey.expectTitle(agentMessages.en.steps.address.title);

  // The customer's own device has the same journey, and goes on alone.
  await customerPage.goto('/es/onboarding/identity');
  await customer.continue();
  await customer.expectTitle(customerMessages.steps.address.title);
  await customerPage.getByRole('button', { name: customerMessages.continue.alone }).click();
  await customer.expectTitle(customerMessages.start.begun.greeting.replace('{name}', 'Rosa'));
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.title);
  await expect(getPhoneText(page, phone)).toHaveCount(0);
  await customerPage.goto('/es/onboarding/address');
  await customer.expectTitle(customerMessages.steps.address.title);
  await customerPage.context().close();
});

test('a customer who changes their mind is not taken over', { tag: '@all' }, async ({
  page,
  journey,
  browser,
  baseURL,
}) => {
  const customerPage = await openCustomerPhone(browser, baseURL);
  const customer = new JourneyPage(customerPage);
  customer.lang = 'es';
  await customerPage.goto('/es/continue/help');
  await customer.press(customerMessages.continue.help.get);
  const code = await readShortCode(customerPage);
  await signIn(page, 'ana');
  await openCustomer(page, code);
  await journey.expectTitle(w.takeOver.title);
  await expect(customerPage.getByRole('button', { name: customerMessages.continue.help.agree })).toBeVisible();
  await customer.press(customerMessages.continue.help.alone);
  await customer.expectTitle(customerMessages.steps.identity.title);
  await expect(page.getByText(w.takeOver.over)).toBeVisible();
  await customerPage.context().close();
});

test('a customer without a phone is a line of the worklist that begins with whose case it is', {
  tag: '@all',
}, async ({ page, journey, browser, baseURL }) => {
  const { help } = customerMessages.continue;
  const customerPage = await openCustomerPhone(browser, baseURL);
  const customer = new JourneyPage(customerPage);
  await customer.start('es');
  await customerPage.locator('[name=firstName]').fill('Sinfonía');
  await customer.press(help.offer.replace('{brand}', 'Puente'));
  await customer.expectTitle(help.title);
  await customer.press(help.get);
  const code = await readShortCode(customerPage);
  await signIn(page, 'ana');
  await openCustomer(page, code);
  await journey.expectTitle(w.takeOver.title);
  await customer.press(help.agree);
  await journey.expectTitle(agentMessages.en.steps.identity.title);
  await page.getByRole('link', { name: w.title }).click();
  await journey.expectTitle(w.title);
  const item = page.getByRole('listitem').filter({ hasText: 'Sinfonía' });
  await expect(item.getByRole('paragraph')).toHaveText(new RegExp(`^${w.mine} · `));
  await customerPage.context().close();
});

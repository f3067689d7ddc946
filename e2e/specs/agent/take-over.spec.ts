import { expect, freshPhone, test } from '../../support/fixtures.ts';
import { colleague, customersPhone, signIn } from '../../support/pages/agent.ts';
import { JourneyPage, words } from '../../support/pages/journey-page.ts';

const w = words.en.assist;
const theirs = words.es;

test('a customer shows a code, agrees, and an agent goes on with what they had typed; either side ends it', async ({
  page,
  journey,
  browser,
  baseURL,
}) => {
  const phone = freshPhone();
  const their = await customersPhone(browser, baseURL);
  const customer = new JourneyPage(their);
  await customer.start('es');
  // Half typed, and not continued.
  await customer.identity({ firstName: 'Rosa', lastName: 'Luna', birth: ['1', '2', '1990'], phone });
  await customer.press(theirs.continue.help.offer.replace('{brand}', 'Puente'));
  await customer.expectTitle(theirs.continue.help.title);
  await customer.press(theirs.continue.help.get);
  const code = ((await their.locator('strong.tracking-widest').textContent()) ?? '').trim();
  expect(code).toMatch(/^[2-9A-Z]{4} [2-9A-Z]{4}$/);

  await signIn(page, 'ana');
  await page.getByText(w.takeOver.open).click();
  await page.getByLabel(w.takeOver.label).fill('ABCD EFGH');
  await page.getByRole('button', { name: w.takeOver.action }).click();
  await expect(page.getByRole('alert').filter({ hasText: w.takeOver.gone })).toBeVisible();
  await page.getByLabel(w.takeOver.label).fill(code.toLowerCase());
  await page.getByRole('button', { name: w.takeOver.action }).click();
  await journey.expectTitle(w.takeOver.title);
  const digits = (await page.locator('p.text-6xl').textContent()) ?? '';
  // Before the customer has agreed nothing of theirs is on the agent's screen.
  await expect(page.getByText('Rosa')).toHaveCount(0);
  await expect(page.getByText(phone)).toHaveCount(0);

  // A code that was used leads nowhere, for a colleague neither; and the page is the agent's alone.
  const beto = await colleague(browser, baseURL, 'beto');
  await beto.getByText(w.takeOver.open).click();
  await beto.getByLabel(w.takeOver.label).fill(code);
  await beto.getByRole('button', { name: w.takeOver.action }).click();
  await expect(beto.getByRole('alert').filter({ hasText: w.takeOver.gone })).toBeVisible();
  expect((await beto.goto(page.url()))?.status()).toBe(404);
  await beto.context().close();

  await expect(their.getByText(digits, { exact: true })).toBeVisible();
  await expect(their.getByText(/Una persona de Puente en centro/)).toBeVisible();
  await customer.press(theirs.continue.help.agree);
  await customer.expectTitle(theirs.steps.identity.title);
  await expect(their.locator('[name=firstName]')).toHaveValue('Rosa');
  await expect(their.getByText(/te está ayudando/)).toBeVisible();
  await journey.expectTitle(words.en.steps.identity.title);
  await expect(page.locator('[name=firstName]')).toHaveValue('Rosa');
  await expect(page.getByText(w.sources.customer).first()).toBeVisible();
  await expect(page.getByText('speaks Spanish')).toBeVisible();
  await journey.continue();
  await journey.expectTitle(words.en.steps.address.title);

  // The customer's own device has the same journey, and goes on alone.
  await their.goto('/es/onboarding/identity');
  await customer.continue();
  await customer.expectTitle(theirs.steps.address.title);
  await their.getByRole('button', { name: theirs.continue.alone }).click();
  await customer.expectTitle(theirs.start.title);
  await page.reload();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.new);
  await expect(page.getByText(phone)).toHaveCount(0);
  await their.goto('/es/onboarding/address');
  await customer.expectTitle(theirs.steps.address.title);
  await their.context().close();
});

test('a customer who changes their mind is not taken over', async ({ page, journey, browser, baseURL }) => {
  const their = await customersPhone(browser, baseURL);
  const customer = new JourneyPage(their);
  customer.lang = 'es';
  await their.goto('/es/continue/help');
  await customer.press(theirs.continue.help.get);
  const code = ((await their.locator('strong.tracking-widest').textContent()) ?? '').trim();
  await signIn(page, 'ana');
  await page.getByText(w.takeOver.open).click();
  await page.getByLabel(w.takeOver.label).fill(code);
  await page.getByRole('button', { name: w.takeOver.action }).click();
  await journey.expectTitle(w.takeOver.title);
  await expect(their.getByRole('button', { name: theirs.continue.help.agree })).toBeVisible();
  await customer.press(theirs.continue.help.alone);
  await customer.expectTitle(theirs.steps.identity.title);
  await expect(page.getByText(w.takeOver.over)).toBeVisible();
  await their.context().close();
});

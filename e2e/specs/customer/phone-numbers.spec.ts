import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, type Page, test } from '@playwright/test';
import type { Locale } from '../../../lib/domain/locale.ts';
import { writeBrandFile } from '../../support/brand-file.ts';
import { createRaasControl } from '../../support/control-client.ts';
import { agentMessages, chooseAgent, startCase } from '../../support/pages/agent.ts';
import { fillFields } from '../../support/pages/fill-field.ts';
import { JourneyPage, messages } from '../../support/pages/journey-page.ts';
import { type Stack, startStack } from '../../support/stack.ts';

// A brand that offers two countries: what a national number means is said by the country beside it.

const folder = mkdtempSync(join(tmpdir(), 'front-door-phones-'));
let stack: Stack;
const raas = createRaasControl(() => stack.origins['raasControl'] ?? '');

// One worker: the server is started once.
test.describe.configure({ mode: 'default' });

test.beforeAll(async () => {
  const file = writeBrandFile(folder, { countries: ['MX', 'US'] });
  stack = await startStack({ ports: 'free', env: { DATA_DIR: join(folder, 'data'), BRAND_FILE: file } });
});
test.afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
});

async function openJourney(page: Page, lang: Locale): Promise<JourneyPage> {
  const journey = new JourneyPage(page);
  journey.lang = lang;
  await page.goto(`${stack.origins.app}/${lang}/onboarding/identity`);
  await journey.waitForHydration();
  return journey;
}

const getCountrySelect = (page: Page) => page.locator('[name=phoneCountry]');
const person = { firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'] as [string, string, string] };

async function fillAmericanAddress(journey: JourneyPage): Promise<void> {
  const homeAddress = { address1: '200 N Spring St', zipCode: '90012', city: 'Los Angeles', state: 'California' };
  await journey.openAddressLines();
  await fillFields(journey.page, { countryCode: 'US', ...homeAddress });
}

test('an American number goes out as one, and the check page shows it whole', { tag: '@all' }, async ({ page }) => {
  const journey = await openJourney(page, 'en');
  const { phoneNumber } = journey.messages.errors;
  await expect(getCountrySelect(page).locator('option')).toHaveText(['Mexico (+52)', 'United States (+1)']);
  await expect(page.getByText('222 123 4567')).toBeVisible();
  await journey.fillIdentity({ ...person, phone: '(213) 555-0187' });
  await journey.continue();
  await journey.expectErrors([phoneNumber.country]);
  await getCountrySelect(page).selectOption('US');
  await expect(page.getByText('(201) 555-0123')).toBeVisible();
  await journey.continue();
  await journey.expectTitle(journey.messages.steps.address.title);
  await fillAmericanAddress(journey);
  await journey.continue();
  await journey.choosePayment('DigitalWallet');
  await journey.continue();
  await journey.expectTitle(journey.messages.review.title);
  await expect(page.getByText('+1 213 555 0187')).toBeVisible();
  await journey.submit();
  await journey.expectLink();
  const [call, ...otherCalls] = await raas.getSubmitRequests('+12135550187');
  expect(otherCalls).toEqual([]);
  expect(JSON.parse(call?.body ?? '{}')).toMatchObject({ phoneNumber: '+12135550187', countryCode: 'US' });
});

test('the country follows a number that says its own, and an address elsewhere is asked again', {
  tag: '@all',
}, async ({ page }) => {
  const journey = await openJourney(page, 'es');
  await journey.fillIdentity({ ...person, phone: '+1 213 555 0188' });
  await expect(getCountrySelect(page)).toHaveValue('US');
  await journey.continue();
  await journey.expectTitle(journey.messages.steps.address.title);
  await journey.fillAddress();
  await page.locator('[name=countryCode]').selectOption('MX');
  await journey.continue();
  await journey.expectErrors([journey.messages.errors.countryCode.phone]);
  await page.goBack();
  await expect(getCountrySelect(page)).toHaveValue('US');
  await page.locator('[name=phoneNumber]').fill('55 2120 6799');
  await getCountrySelect(page).selectOption('MX');
  await journey.continue();
  await journey.expectTitle(journey.messages.steps.address.title);
  await journey.fillAddress();
  await page.locator('[name=countryCode]').selectOption('MX');
  await journey.continue();
  await journey.expectTitle(journey.messages.steps.payment.title);
});

test('another phone after the address brings the address back with the reason', { tag: '@all' }, async ({ page }) => {
  const journey = await openJourney(page, 'en');
  await journey.fillIdentity({ ...person, phone: '55 2120 6798' });
  await journey.continue();
  await journey.expectTitle(journey.messages.steps.address.title);
  await journey.fillAddress();
  await page.locator('[name=countryCode]').selectOption('MX');
  await journey.continue();
  await journey.expectTitle(journey.messages.steps.payment.title);
  await page.goto(`${stack.origins.app}/en/onboarding/identity`);
  await journey.waitForHydration();
  await page.locator('[name=phoneNumber]').fill('+1 213 555 0189');
  await journey.continue();
  await journey.expectErrors([journey.messages.errors.countryCode.phone]);
  await expect(page.locator('[name=address1]')).toHaveValue('Calle Dos 10');
});

test('a country that stands there from the start begins no draft', { tag: '@all' }, async ({ page, context }) => {
  const journey = await openJourney(page, 'en');
  await journey.switchLanguage();
  await journey.waitForHydration();
  expect(await context.cookies()).toEqual([]);
  await journey.fillIdentity({ ...person, phone: '' });
  await journey.switchLanguage();
  await expect(page.locator('[name=firstName]')).toHaveValue('Ana');
  expect(await context.cookies()).not.toEqual([]);
});

test('an agent chooses the country when a case begins, and finds it again on the page', { tag: '@all' }, async ({
  page,
}) => {
  const journey = new JourneyPage(page);
  await page.goto(`${stack.origins.app}/en/assist`);
  await page.getByRole('button', { name: journey.messages.assist.signIn.action }).click();
  await chooseAgent(page, 'ana');
  await getCountrySelect(page).selectOption('US');
  await startCase(page, '(213) 555-0190');
  await journey.expectTitle(agentMessages.en.steps.identity.title);
  await expect(getCountrySelect(page)).toHaveValue('US');
  await getCountrySelect(page).focus();
  await expect(page.getByText(messages.es.spoken.ask.phoneCountry)).toBeVisible();
  await expect(page.locator('.case-banner')).toContainText('+1 213 555 0190');
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('the number is read in the chosen country', async ({ page }) => {
    const journey = new JourneyPage(page);
    await page.goto(`${stack.origins.app}/en/onboarding/identity`);
    await journey.fillIdentity({ ...person, phone: '(213) 555-0191' });
    await journey.continue();
    await expect(page.getByText(journey.messages.errors.phoneNumber.country).first()).toBeVisible();
    await getCountrySelect(page).selectOption('US');
    await journey.continue();
    await journey.expectTitle(journey.messages.steps.address.title);
  });
});

import { createPhone, expect, test } from '../../support/fixtures.ts';
import { agentMessages, signIn, startCase } from '../../support/pages/agent.ts';
import {
  expectFieldsKept,
  fillAllFields,
  HYDRATION_ERROR,
  holdScripts,
  readFields,
} from '../../support/pages/held-scripts.ts';
import { messages } from '../../support/pages/journey-page.ts';
import { raas } from '../../support/stand-in-controls.ts';

// A slow network and a browser that translates: people type before the script arrives, and React then renders the page again.

const w = messages.en.assist;

test.use({ expectConsole: [HYDRATION_ERROR] });

test('on every page of the journey everything that was typed before the script is still there, and is sent', {
  tag: '@all',
}, async ({ page, journey, context }) => {
  const { steps, review } = journey.messages;
  const phone = createPhone();
  const scripts = await holdScripts(context);

  await expectFieldsKept(scripts, page, '/en/onboarding/identity', {
    firstName: 'Ana',
    middleName: 'Luz',
    lastName: 'Ruiz',
    lastName2: 'Peña',
    phoneNumber: phone,
    'dob.day': '1',
    'dob.month': '2',
    'dob.year': '1990',
    email: 'ana@x.mx',
    birthState: 'MX-JAL',
  });
  await journey.continue();
  await journey.expectTitle(steps.address.title);
  await expectFieldsKept(scripts, page, '/en/onboarding/address', {
    address1: 'Calle Dos 10',
    address2: 'B',
    zipCode: '03800',
    city: 'Centro',
    address3: 'CDMX',
    state: 'Ciudad de México',
    countryCode: 'MX',
  });
  await journey.continue();
  await journey.expectTitle(steps.payment.title);
  await scripts.open(page, '/en/onboarding/payment');
  await journey.choosePayment('UBN');
  await page.locator('[name="ubnParams.number"]').fill('002320275621938815');
  const accountFields = await readFields(page);
  await scripts.release(page);
  expect(await readFields(page)).toEqual(accountFields);
  await expect(page.getByText(steps.payment.bank.replace('{bank}', ''))).toBeVisible();
  await journey.choosePayment('Card');
  await journey.continue();
  await journey.expectTitle(steps.card.title);
  await scripts.open(page, '/en/onboarding/card');
  await page.getByRole('radio', { name: steps.card.types.DebitCard }).check();
  await page.locator('[name="addCardParams.country"]').selectOption('US');
  await page.locator('[name="addCardParams.nameOnCard"]').fill('Ana Late');
  const ownFields = await readFields(page);
  await scripts.release(page);
  expect(await readFields(page)).toEqual(ownFields);
  await journey.fillCard({ number: '4111111111111111', expiry: '1128', code: '123' });
  await journey.continue();
  await journey.expectTitle(review.title);
  await scripts.open(page, '/en/onboarding/review');
  await context.grantPermissions(['geolocation']);
  await context.setGeolocation({ latitude: 19.4, longitude: -99.1 });
  await page.getByRole('checkbox', { name: review.location }).check();
  await scripts.release(page);
  await expect(page.getByText(review.locationShared)).toBeVisible();
  await expect(page.getByRole('checkbox', { name: review.location })).toBeChecked();
  await journey.submit();
  await journey.expectLink();
  const [call, ...otherCalls] = await raas.getSubmitRequests(phone);
  expect(otherCalls).toEqual([]);
  expect(JSON.parse(call?.body ?? '{}')).toMatchObject({
    firstName: 'Ana',
    middleName: 'Luz',
    lastName: 'Ruiz',
    lastName2: 'Peña',
    dob: '1990-02-01',
    email: 'ana@x.mx',
    birthState: 'MX-JAL',
    address1: 'Calle Dos 10',
    zipCode: '03800',
    callLocationLatitude: 19.4,
    addCardParams: { cardtype: 'DebitCard', nameOnCard: 'Ana Late', country: 'US' },
  });
});

test('a search that was typed before the script goes on in the list', { tag: '@all' }, async ({
  page,
  journey,
  context,
}) => {
  const scripts = await holdScripts(context);
  await journey.start('en');
  await journey.goToAddress(createPhone());
  await scripts.open(page, '/en/onboarding/address');
  const { search } = journey.messages.steps.address;
  await page.getByLabel(search).first().click();
  await page.keyboard.type('calle dos');
  await scripts.release(page);
  const searchField = page.getByRole('combobox', { name: search });
  await expect(searchField).toBeFocused();
  await expect(searchField).toHaveValue('calle dos');
  await page.keyboard.type(' 296');
  await page.getByRole('listbox').getByRole('option').first().click();
  await expect(page.locator('[name=zipCode]')).toHaveValue('03800');
});

test('a form that was posted without its script and has errors is corrected while the script arrives', {
  tag: '@all',
}, async ({ page, journey, context }) => {
  const scripts = await holdScripts(context);
  await scripts.open(page, '/en/onboarding/identity');
  await fillAllFields(page, { firstName: 'Ana', lastName: 'Ruiz', 'dob.day': '31', 'dob.month': '2' });
  await journey.continue();
  await expect(page.getByRole('alert').getByRole('link').first()).toBeVisible();
  await scripts.arrive(page);
  await page.locator('[name="dob.day"]').fill('1');
  await page.locator('[name=phoneNumber]').fill('55');
  const fieldsBefore = await readFields(page);
  expect(fieldsBefore.fields).toContainEqual(['firstName firstName', 'Ana', false]);
  await scripts.release(page);
  expect(await readFields(page)).toEqual(fieldsBefore);
  // React drops the answer to a post without script when it renders the page again. The next press finds the errors again.
  await expect(page.getByRole('alert').getByRole('link')).toHaveCount(0);
  await journey.continue();
  await expect(page.getByRole('alert').getByRole('link')).not.toHaveCount(0);
});

test('on every page of the console', { tag: '@all' }, async ({ page, journey, context }) => {
  const scripts = await holdScripts(context);
  const phone = createPhone();
  await expectFieldsKept(scripts, page, '/en/assist/sign-in');
  await signIn(page, 'diana');
  await journey.expectTitle(w.title);
  await expectFieldsKept(scripts, page, '/en/assist', {
    phoneNumber: 'nobody at all',
  });
  // The list is of what was typed.
  await expect(page.getByText(w.none)).toBeVisible();
  await startCase(page, phone);
  await journey.expectTitle(agentMessages.en.steps.identity.title);
  const formUrl = page.url();
  await expectFieldsKept(scripts, page, formUrl, {
    firstName: 'Rosa',
    lastName: 'Luna',
    phoneNumber: phone,
    'dob.day': '1',
    'dob.month': '2',
    'dob.year': '1990',
    email: 'rosa@x.mx',
    birthState: 'MX-JAL',
  });
  await journey.continue();
  await journey.expectTitle(agentMessages.en.steps.address.title);
  await expectFieldsKept(scripts, page, formUrl.replace('identity', 'address'), {
    address1: 'Calle Dos 10',
    zipCode: '03800',
    city: 'Centro',
    state: 'Ciudad de México',
    countryCode: 'MX',
  });
  await journey.continue();
  await journey.expectTitle(agentMessages.en.steps.payment.title);
  await expectFieldsKept(scripts, page, formUrl.replace('identity', 'payment'));
  await expectFieldsKept(scripts, page, '/en/assist/figures', { by: 'lang' });
  await page.getByRole('button', { name: w.figures.show }).click();
  await expect(page).toHaveURL(/from=2026-02-03.*by=lang/);
});

test('on the page for an agent’s code', { tag: '@all' }, async ({ page, context }) => {
  const scripts = await holdScripts(context);
  await expectFieldsKept(scripts, page, '/en/continue', { code: 'ABCD EFGH' });
  await page.getByRole('button', { name: messages.en.continue.redeem }).click();
  await expect(page.getByRole('alert').filter({ hasText: messages.en.continue.gone })).toBeVisible();
});

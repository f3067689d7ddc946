import { maps, raas } from './control.ts';
import { expect, freshPhone, test } from './fixtures.ts';
import type { JourneyPage } from './pages/journey-page.ts';

async function toAddress(journey: JourneyPage, phone = freshPhone()): Promise<void> {
  await journey.start('en');
  await journey.identity({ firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'], phone });
  await journey.continue();
  await journey.expectTitle(journey.words.steps.address.title);
}

test('neither Google’s script nor the list’s code is loaded before somebody goes to the search', async ({
  page,
  journey,
}) => {
  const scripts: string[] = [];
  await toAddress(journey);
  page.on('request', (request) => request.resourceType() === 'script' && scripts.push(request.url()));
  await page.locator('[name=address1]').click();
  expect(scripts).toEqual([]);
  await page.getByLabel(journey.words.steps.address.search).first().click();
  await expect(page.getByRole('combobox', { name: journey.words.steps.address.search })).toBeFocused();
  expect(scripts.some((url) => url.includes('/maps/api/js'))).toBe(true);
});

test('the keyboard finds and picks; what was typed for the door stays', async ({ page, journey }) => {
  await toAddress(journey);
  await page.locator('[name=address2]').fill('Depto 5');
  await page.getByLabel(journey.words.steps.address.search).first().focus();
  await page.keyboard.type('juarez guada');
  const option = page.getByRole('option');
  await expect(option).toHaveCount(1);
  await expect(page.getByText('1 match. Use the arrow keys.')).toBeAttached();
  await expect(page.getByText('Google Maps')).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.locator('[name=address1]')).toHaveValue('Avenida Juárez 170');
  await expect(page.locator('[name=city]')).toHaveValue('Zona Centro');
  await expect(page.locator('[name=state]')).toHaveValue('Jal.');
  await expect(page.locator('[name=address2]')).toHaveValue('Depto 5');
  await expect(page.locator('[name=address2]')).toBeFocused();
});

test('a place without a street asks for the street', async ({ page, journey }) => {
  await toAddress(journey);
  await journey.pickAddress('evangelista');
  await expect(page.locator('[name=address1]')).toBeFocused();
  await expect(page.locator('[name=zipCode]')).toHaveValue('68780');
});

test('an edit of what the pick described drops the place; the apartment does not', async ({ page, journey }) => {
  const phone = freshPhone();
  await toAddress(journey, phone);
  await journey.pickAddress('Calle Dos 296');
  await page.locator('[name=address2]').fill('Int. 4');
  await expect(page.locator('[name=latitude]')).toHaveValue('19.3953755');
  await page.locator('[name=address1]').fill('Avenida Calle Dos 298');
  await expect(page.locator('[name=latitude]')).toHaveValue('');
  await journey.continue();
  await journey.choosePayment('BankAccount');
  await journey.continue();
  await journey.submit();
  await expect(page).toHaveURL(/^http:\/\/127/);
  const [call] = await raas.received(phone);
  const body = JSON.parse(call?.body ?? '');
  expect(body).toMatchObject({
    address1: 'Avenida Calle Dos 298',
    address2: 'Int. 4',
    paymentMethodType: 'BankAccount',
  });
  for (const gone of ['placeDetail', 'latitude', 'longitude', 'streetNumber']) expect(body).not.toHaveProperty(gone);
});

test('one session token covers a search and its pick', async ({ journey }) => {
  await maps.reset('sandbox-guadalajara');
  await maps.reset('Avenida Juárez 170');
  await toAddress(journey);
  await journey.pickAddress('Avenida Juárez 170');
  const [fetched] = await maps.received('sandbox-guadalajara');
  const [searched] = await maps.received('Avenida Juárez 170');
  const token = JSON.parse(searched?.body ?? '{}').sessionToken;
  expect(token).toMatch(/^[0-9a-f-]{36}$/);
  expect(JSON.parse(fetched?.body ?? '{}').sessionToken).toBe(token);
  expect(JSON.parse(searched?.body ?? '{}')).toMatchObject({ language: 'es', includedRegionCodes: ['MX'] });
});

test('no match is said, and the boxes are there', async ({ page, journey }) => {
  await toAddress(journey);
  await page.getByLabel(journey.words.steps.address.search).first().focus();
  await page.keyboard.type('nowhere at all');
  await expect(page.getByText('No matches. Fill in your address below.')).toBeAttached();
  await journey.typeAddress();
  await journey.continue();
  await journey.expectTitle(journey.words.steps.payment.title);
});

test.describe('when Google fails', () => {
  test.use({
    expectConsole: [/Failed to load resource|ERR_FAILED|injectScript error|^Event$/],
  });

  test('a blocked script leaves a form that works', async ({ page, journey }) => {
    await page.route('**/maps/api/js*', (route) => route.abort());
    await toAddress(journey);
    await page.getByLabel(journey.words.steps.address.search).first().click();
    await expect(page.getByText(journey.words.steps.address.searchFailed)).toBeAttached();
    await journey.typeAddress();
    await journey.continue();
    await journey.expectTitle(journey.words.steps.payment.title);
  });

  for (const typed of ['sandbox quota', 'sandbox denied', 'sandbox down']) {
    test(`${typed}: the search says so and the form works`, async ({ page, journey }) => {
      await toAddress(journey);
      await page.getByLabel(journey.words.steps.address.search).first().focus();
      await page.keyboard.type(typed);
      await expect(page.getByText(journey.words.steps.address.searchFailed)).toBeVisible();
      await journey.typeAddress();
      await journey.continue();
      await journey.expectTitle(journey.words.steps.payment.title);
    });
  }
});

import type { Page } from '@playwright/test';
import { createPhone, expect, test } from '../../support/fixtures.ts';
import { autofill } from '../../support/pages/autofill.ts';
import { fillFields } from '../../support/pages/fill-field.ts';
import type { JourneyPage } from '../../support/pages/journey-page.ts';
import { maps, raas } from '../../support/stand-in-controls.ts';

const SCRIPT_PATTERN = '**/maps/api/js*';

/** To the address page with a phone of one's own, which it returns. */
async function goToAddress(journey: JourneyPage): Promise<string> {
  const phone = createPhone();
  await journey.start('en');
  await journey.goToAddress(phone);
  return phone;
}

const getSearchBox = ({ page, messages: words }: JourneyPage) => page.getByLabel(words.steps.address.search).first();

async function typeSearch(journey: JourneyPage, text: string): Promise<void> {
  await getSearchBox(journey).click();
  await expect(journey.page.getByRole('combobox', { name: journey.messages.steps.address.search })).toBeFocused();
  await journey.page.keyboard.type(text);
}

/** Reads the submit call that the upstream received for this phone. */
async function getSentBody(phone: string): Promise<Record<string, unknown>> {
  const [call, ...otherCalls] = await raas.getSubmitRequests(phone);
  expect(otherCalls).toEqual([]);
  return JSON.parse(call?.body ?? '{}');
}

const getField = (page: Page, name: string) => page.locator(`[name=${name}]`);
const PICKED_FIELDS = ['placeDetail', 'latitude', 'longitude'];

test('neither Google’s script nor the list’s code is loaded before somebody goes to the search', async ({
  page,
  journey,
}) => {
  const scripts: string[] = [];
  await goToAddress(journey);
  // The page's own scripts come with its first touch.
  await page.getByRole('heading', { level: 1 }).dispatchEvent('pointerdown');
  await journey.waitForHydration();
  page.on('request', (request) => request.resourceType() === 'script' && scripts.push(request.url()));
  await journey.openAddressLines();
  await getField(page, 'address1').click();
  expect(scripts).toEqual([]);
  await getSearchBox(journey).click();
  await expect(page.getByRole('combobox', { name: journey.messages.steps.address.search })).toBeFocused();
  expect(scripts.some((url) => url.includes('/maps/api/js'))).toBe(true);
});

test('Google’s script stays on the address page: the pages before and after it are documents of their own', async ({
  page,
  journey,
}) => {
  const hasGoogle = () => page.evaluate(() => 'google' in window);
  await goToAddress(journey);
  await journey.pickAddress('juarez ave');
  expect(await hasGoogle()).toBe(true);
  await journey.continue();
  await journey.expectTitle(journey.messages.steps.payment.title);
  expect(await hasGoogle()).toBe(false);
  await page.goBack();
  await journey.pickAddress('juarez ave');
  await page.goBack();
  await journey.expectTitle(journey.messages.steps.identity.title);
  expect(await hasGoogle()).toBe(false);
});

test('the keyboard finds and picks; matches are in bold; what was typed for the door stays', async ({
  page,
  journey,
}) => {
  await goToAddress(journey);
  await journey.openAddressLines();
  await getField(page, 'address2').fill('Depto 5');
  await getSearchBox(journey).focus();
  await page.keyboard.type('juarez ave');
  const option = page.getByRole('listbox').getByRole('option');
  await expect(option).toHaveCount(1);
  await expect(option.locator('strong')).toHaveText(['Ave', 'Juárez']);
  await expect(page.getByText('1 match. Choose it from the list.')).toBeAttached();
  await expect(page.getByText('Google Maps')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(option).toHaveCount(0);
  await page.keyboard.press('ArrowDown');
  await expect(option).toHaveCount(1);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(getField(page, 'address1')).toHaveValue('Avenida Juárez 170');
  await expect(getField(page, 'city')).toHaveValue('Zona Centro');
  await expect(getField(page, 'state')).toHaveValue('Jal.');
  await expect(getField(page, 'address2')).toHaveValue('Depto 5');
  await expect(page.getByRole('button', { name: journey.messages.form.continue })).toBeFocused();
  await expect(page.getByText(journey.messages.steps.address.picked)).toBeVisible();
});

test('a pick asks only for the part that it lacks, and the part that was added does not cost the place', {
  tag: '@all',
}, async ({ page, journey }) => {
  const { ask, parts } = journey.messages.steps.address;
  const phone = await goToAddress(journey);
  await journey.pickAddress('calle 60 491');
  await expect(page.getByText(ask.missing.replace('{parts}', parts.cityMX))).toBeVisible();
  await expect(getField(page, 'city')).toBeFocused();
  await page.keyboard.type('Centro');
  await journey.finishWithWallet();
  const sentBody = await getSentBody(phone);
  expect(sentBody).toMatchObject({
    address1: 'Calle 60 491',
    city: 'Centro',
    address3: 'Mérida',
    state: 'Yuc.',
    zipCode: '97000',
    latitude: 20.9674,
    longitude: -89.6237,
  });
  expect(JSON.parse(String(sentBody['placeDetail'])).place_id).toBe('sandbox-merida-sin-colonia');
});

test('a street keeps the number that was typed into the search, and asks for one that was not', {
  tag: '@all',
}, async ({ page, journey }) => {
  const { ask, parts, picked } = journey.messages.steps.address;
  await goToAddress(journey);
  await journey.pickAddress('padre mier 123');
  await expect(getField(page, 'address1')).toHaveValue('Calle Padre Mier 123');
  await expect(page.getByText(picked)).toBeVisible();
  await journey.pickAddress('evangelista');
  // A village has no street: both parts of its line are missing.
  await expect(page.getByText(ask.missing.replace('{parts}', `${parts.street} and ${parts.number}`))).toBeVisible();
  await expect(getField(page, 'address1')).toBeFocused();
  await expect(getField(page, 'zipCode')).toHaveValue('68780');
});

test('an edit of what the pick described drops the place in sight, and it can be taken back', { tag: '@all' }, async ({
  page,
  journey,
}) => {
  const { dropped, restore } = journey.messages.steps.address;
  /** The notice is announced, and stands directly under the edited box. */
  const expectUnder = async (name: string) => {
    const notice = page.getByRole('status').filter({ hasText: dropped });
    await expect(notice).toHaveCount(1);
    const [box, below] = [await getField(page, name).boundingBox(), await notice.boundingBox()];
    expect((below?.y ?? 0) - (box?.y ?? 0) - (box?.height ?? 0)).toBeGreaterThanOrEqual(0);
    expect((below?.y ?? 0) - (box?.y ?? 0) - (box?.height ?? 0)).toBeLessThan(40);
  };
  const phone = await goToAddress(journey);
  await journey.pickAddress('Calle Dos 296');
  await getField(page, 'address2').fill('Int. 4');
  await expect(getField(page, 'latitude')).toHaveValue('19.3953755');
  await expect(page.getByText(dropped)).toBeHidden();
  await journey.openAddressLines();
  await getField(page, 'address1').fill('Avenida Calle Dos 298');
  await expectUnder('address1');
  await getField(page, 'city').fill('Otra colonia');
  await expectUnder('city');
  for (const name of PICKED_FIELDS) await expect(getField(page, name)).toHaveValue('');
  await page.getByRole('button', { name: restore }).click();
  await expect(page.getByText(dropped)).toBeHidden();
  await expect(getField(page, 'address1')).toHaveValue('Avenida Calle Dos 296');
  await expect(getField(page, 'city')).toHaveValue('San Pedro de los Pinos');
  await expect(getField(page, 'latitude')).toHaveValue('19.3953755');
  // Back from the next page it is still the place's, and a lasting edit goes out without it.
  await journey.continue();
  await journey.expectTitle(journey.messages.steps.payment.title);
  await page.goBack();
  await getField(page, 'address1').fill('Avenida Calle Dos 298');
  await expect(page.getByText(dropped)).toBeVisible();
  await journey.finishWithWallet();
  const sentBody = await getSentBody(phone);
  expect(sentBody).toMatchObject({
    address1: 'Avenida Calle Dos 298',
    address2: 'Int. 4',
    city: 'San Pedro de los Pinos',
  });
  for (const droppedField of [...PICKED_FIELDS, 'streetNumber']) expect(sentBody).not.toHaveProperty(droppedField);
});

test('a place survives a Continue that found an error', { tag: '@all' }, async ({ page, journey }) => {
  const phone = await goToAddress(journey);
  await journey.pickAddress('calle 60 491');
  await journey.continue();
  await journey.expectErrors([journey.messages.errors.colonia.required]);
  await getField(page, 'city').fill('Centro');
  await journey.finishWithWallet();
  expect(await getSentBody(phone)).toMatchObject({
    placeDetail: expect.any(String),
    latitude: 20.9674,
    city: 'Centro',
  });
});

test('what a pick replaced can be put back', { tag: '@all' }, async ({ page, journey }) => {
  const { undo } = journey.messages.steps.address;
  await goToAddress(journey);
  await journey.fillAddress();
  await journey.pickAddress('Avenida Juárez 170');
  await expect(getField(page, 'address1')).toHaveValue('Avenida Juárez 170');
  await page.getByRole('button', { name: undo }).click();
  await expect(getField(page, 'address1')).toHaveValue('Calle Dos 10');
  await expect(getField(page, 'state')).toHaveValue('CDMX');
  for (const name of PICKED_FIELDS) await expect(getField(page, name)).toHaveValue('');
});

test('one session token covers a search and its pick', { tag: '@all' }, async ({ journey }) => {
  await maps.reset('avenida juárez 170 jal');
  await goToAddress(journey);
  await journey.pickAddress('avenida juárez 170 jal');
  const [searchCall] = await maps.getRequests('avenida juárez 170 jal');
  const token = JSON.parse(searchCall?.body ?? '{}').sessionToken;
  expect(token).toMatch(/^[0-9a-f-]{36}$/);
  const placeCalls = await maps.getRequests('sandbox-guadalajara');
  expect(placeCalls.map(({ body }) => JSON.parse(body).sessionToken)).toContain(token);
  expect(JSON.parse(searchCall?.body ?? '{}')).toMatchObject({
    language: 'es',
    region: 'MX',
    includedRegionCodes: ['MX'],
  });
});

test('an answer that comes too late does not replace a newer one', { tag: '@all' }, async ({ page, journey }) => {
  await goToAddress(journey);
  await maps.setNextAnswer('calle dos tarde', { delayMs: 1_500 });
  const lateResponse = page.waitForResponse(
    (response) => response.request().postData()?.includes('calle dos tarde') ?? false,
  );
  const placeRequest = page.waitForRequest((request) => request.postData()?.includes('calle dos tarde') ?? false);
  await typeSearch(journey, 'calle dos tarde');
  await placeRequest;
  await getSearchBox(journey).fill('padre mier');
  await expect(page.getByRole('listbox').getByRole('option')).toHaveText([/Padre Mier/]);
  await lateResponse;
  await expect(page.getByRole('listbox').getByRole('option')).toHaveText([/Padre Mier/]);
});

test('no match is said, and one key leads to the street with what was typed', { tag: '@all' }, async ({
  page,
  journey,
}) => {
  const { results, byHand } = journey.messages.steps.address;
  await goToAddress(journey);
  await typeSearch(journey, 'Privada Nueva 7');
  await expect(page.getByText(results.none)).toBeVisible();
  await page.getByRole('button', { name: byHand }).press('Enter');
  await expect(getField(page, 'address1')).toHaveValue('Privada Nueva 7');
  await expect(getField(page, 'zipCode')).toBeFocused();
  await journey.fillAddress();
  await journey.finishWithWallet();
});

test('the state is chosen in every spelling that a browser’s profile may have, with the help of the postal code', {
  tag: '@all',
}, async ({ page, journey }) => {
  await goToAddress(journey);
  await journey.openAddressLines();
  for (const [zipCode, option, spellings] of [
    ['57000', 'Méx.', ['Estado de México', 'México', 'EDOMEX', 'Méx.']],
    ['03800', 'CDMX', ['CDMX', 'Distrito Federal', 'Mexico City', 'Ciudad de México']],
  ] as const) {
    for (const spelling of spellings) {
      await fillFields(page, { address1: '', zipCode: '', city: '', state: '' });
      await getField(page, 'address1').focus();
      const fields = Object.entries({
        ADDRESS_HOME_LINE1: 'Calle Uno 1',
        ADDRESS_HOME_ZIP: zipCode,
        ADDRESS_HOME_CITY: 'Centro',
        ADDRESS_HOME_STATE: spelling,
        ADDRESS_HOME_COUNTRY: 'MX',
      }).map(([name, value]) => ({ name, value }));
      await autofill(page, { address: { fields } });
      await expect(getField(page, 'zipCode')).toHaveValue(zipCode);
      await expect(getField(page, 'state'), spelling).toHaveValue(option);
    }
  }
});

test('a postal code of another state is asked about once, and taken when the customer is sure', {
  tag: '@all',
}, async ({ page, journey }) => {
  const phone = await goToAddress(journey);
  await journey.fillAddress();
  await fillFields(page, { zipCode: '99999', state: 'Jalisco' });
  await journey.continue();
  await journey.expectErrors([journey.messages.errors.zipCode.state]);
  await page.getByRole('checkbox', { name: journey.messages.steps.address.zipCodeConfirmed }).check();
  await journey.finishWithWallet();
  const sentBody = await getSentBody(phone);
  expect(sentBody).toMatchObject({ zipCode: '99999', state: 'Jal.' });
  expect(sentBody).not.toHaveProperty('zipCodeConfirmed');
});

test('a state outside the list is asked again, and only the search suggests', { tag: '@all' }, async ({
  page,
  journey,
}) => {
  const phone = await goToAddress(journey);
  // The search is a plain box until the customer goes to it.
  await expect(page.getByRole('combobox')).toHaveCount(0);
  await journey.fillAddress();
  await expect(page.locator('input[list]')).toHaveCount(0);
  await getField(page, 'state').evaluate((field: HTMLSelectElement) => {
    field.append(new Option('Calle Dos 296'));
    field.value = 'Calle Dos 296';
  });
  await journey.continue();
  await journey.expectErrors([journey.messages.errors.state.unknown]);
  await fillFields(page, { state: 'Ciudad de México' });
  await journey.finishWithWallet();
  expect(await getSentBody(phone)).toMatchObject({ state: 'CDMX' });
});

test.describe('when Google fails', () => {
  test.use({
    expectConsole: [/Failed to load resource|ERR_FAILED|ERR_INTERNET_DISCONNECTED|injectScript error|^Event$/],
  });

  /** The rest of the address by hand, and on to the link: nothing that Google did not do is sent. */
  async function finishByHand(journey: JourneyPage, phone: string, street: string): Promise<void> {
    const { page } = journey;
    await fillFields(page, { zipCode: '03800', city: 'Centro', state: 'CDMX' });
    await journey.finishWithWallet();
    const sentBody = await getSentBody(phone);
    expect(sentBody).toMatchObject({ address1: street, zipCode: '03800', city: 'Centro', state: 'CDMX' });
    for (const name of PICKED_FIELDS) expect(sentBody).not.toHaveProperty(name);
  }

  test('a blocked script costs nothing: nothing is said to who typed nothing, and the text is the street', async ({
    page,
    journey,
  }) => {
    const { searchFailedKept } = journey.messages.steps.address;
    await page.route(SCRIPT_PATTERN, (route) => route.abort());
    const phone = await goToAddress(journey);
    const failedRequest = page.waitForEvent('requestfailed', (request) => request.url().includes('/maps/api/js'));
    await getSearchBox(journey).click();
    await failedRequest;
    await expect(page.getByRole('status').filter({ hasText: /./ })).toHaveCount(0);
    await page.keyboard.type('Calle Once 11');
    await expect(page.getByText(searchFailedKept)).toBeVisible();
    await expect(getField(page, 'address1')).toHaveValue('Calle Once 11');
    await finishByHand(journey, phone, 'Calle Once 11');
  });

  test('a blocked script that comes later works when somebody goes to the search again', { tag: '@all' }, async ({
    page,
    journey,
  }) => {
    await page.route(SCRIPT_PATTERN, (route) => route.abort());
    await goToAddress(journey);
    const failedRequest = page.waitForEvent('requestfailed', (request) => request.url().includes('/maps/api/js'));
    await getSearchBox(journey).click();
    await failedRequest;
    await page.unroute(SCRIPT_PATTERN);
    await journey.openAddressLines();
    await journey.pickAddress('Calle Dos 296');
  });

  test('a script that never answers is given up after ten seconds', { tag: '@all' }, async ({ page, journey }) => {
    await page.clock.install();
    await page.route(SCRIPT_PATTERN, () => {});
    const phone = await goToAddress(journey);
    await typeSearch(journey, 'Calle Once 11');
    await expect(getField(page, 'address1')).toHaveValue('');
    await page.clock.fastForward(10_000);
    await expect(page.getByText(journey.messages.steps.address.searchFailedKept)).toBeVisible();
    await finishByHand(journey, phone, 'Calle Once 11');
  });

  test('a script that never answered is asked for anew when somebody goes to the search again', {
    tag: '@all',
  }, async ({ page, journey }) => {
    await page.clock.install();
    await page.route(SCRIPT_PATTERN, () => {});
    await goToAddress(journey);
    await typeSearch(journey, 'Calle Once 11');
    await page.clock.fastForward(10_000);
    await expect(page.getByText(journey.messages.steps.address.searchFailedKept)).toBeVisible();
    await page.unroute(SCRIPT_PATTERN);
    await page.clock.resume();
    await getField(page, 'address1').click();
    await getSearchBox(journey).fill('');
    await journey.pickAddress('Calle Dos 296');
  });

  test('a search that never answers ends, and what was typed is the street', { tag: '@all' }, async ({
    page,
    journey,
  }) => {
    await page.clock.install();
    await goToAddress(journey);
    await page.route('**/autocomplete', () => {});
    await typeSearch(journey, 'Calle Doce 12');
    await page.waitForRequest('**/autocomplete');
    await page.clock.fastForward(10_000);
    await expect(page.getByText(journey.messages.steps.address.searchFailedKept)).toBeVisible();
    await expect(getField(page, 'address1')).toHaveValue('Calle Doce 12');
  });

  test('a chosen place that never comes ends, and its street is kept', { tag: '@all' }, async ({ page, journey }) => {
    await page.clock.install();
    await goToAddress(journey);
    await page.route('**/place', () => {});
    await typeSearch(journey, 'calle dos 296');
    const placeRequest = page.waitForRequest('**/place');
    await page.getByRole('listbox').getByRole('option').first().click();
    await placeRequest;
    await page.clock.fastForward(10_000);
    await expect(page.getByText(journey.messages.steps.address.placeLost)).toBeVisible();
    await expect(getField(page, 'address1')).toHaveValue(/Calle Dos/);
  });

  test('a key that Google announces as bad is not used', { tag: '@all' }, async ({ page, journey }) => {
    await page.route(SCRIPT_PATTERN, async (route) => {
      const script = await (await route.fetch()).text();
      await route.fulfill({ contentType: 'text/javascript', body: `${script}\nwindow.gm_authFailure?.();` });
    });
    const phone = await goToAddress(journey);
    await maps.reset('Calle Once 12');
    const reportRequest = page.waitForRequest((request) => request.url().includes('browser-report?what=maps.refused'));
    await typeSearch(journey, 'Calle Once 12');
    await reportRequest;
    await expect(page.getByText(journey.messages.steps.address.searchFailedKept)).toBeVisible();
    expect(await maps.getRequests('Calle Once 12')).toEqual([]);
    await finishByHand(journey, phone, 'Calle Once 12');
  });

  test('a request that is denied is the last one', { tag: '@all' }, async ({ page, journey }) => {
    const phone = await goToAddress(journey);
    await typeSearch(journey, 'sandbox denied');
    await expect(page.getByText(journey.messages.steps.address.searchFailedKept)).toBeVisible();
    await maps.reset('Calle Once 13');
    await getSearchBox(journey).fill('Calle Once 13');
    await expect(getField(page, 'address1')).toHaveValue('Calle Once 13');
    await finishByHand(journey, phone, 'Calle Once 13');
    expect(await maps.getRequests('Calle Once 13')).toEqual([]);
  });

  test('a used-up quota is left alone for a minute, and then it works', { tag: '@all' }, async ({ page, journey }) => {
    const { searchFailedKept } = journey.messages.steps.address;
    await page.clock.install();
    await goToAddress(journey);
    await typeSearch(journey, 'sandbox quota');
    await expect(page.getByText(searchFailedKept)).toBeVisible();
    await maps.reset('padre mier nl');
    await getSearchBox(journey).fill('padre mier nl');
    await expect(getField(page, 'address1')).toHaveValue('padre mier nl');
    await page.clock.fastForward(5_000);
    expect(await maps.getRequests('padre mier nl')).toEqual([]);
    await page.clock.fastForward(60_000);
    await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(0);
    await getSearchBox(journey).fill('padre mier');
    await expect(page.getByRole('listbox').getByRole('option')).toHaveText([/Padre Mier/]);
    await page.getByRole('listbox').getByRole('option').click();
    await expect(getField(page, 'address1')).toHaveValue('Calle Padre Mier');
    await page.keyboard.type(' 5');
    await journey.finishWithWallet();
  });

  test('a failure that passes is tried once more, and nobody hears of it', { tag: '@all' }, async ({
    page,
    journey,
  }) => {
    await goToAddress(journey);
    await maps.reset('calle dos 29');
    await maps.setNextAnswer('calle dos 29', { status: 503, body: { error: { status: 'UNAVAILABLE' } } });
    await typeSearch(journey, 'calle dos 29');
    await expect(page.getByRole('listbox').getByRole('option')).toHaveText([/Calle Dos 296/]);
    await expect(getField(page, 'address1')).toHaveValue('');
    expect(await maps.getRequests('calle dos 29')).toHaveLength(2);
  });

  test('a failure that stays is tried twice, and the next text again', { tag: '@all' }, async ({ page, journey }) => {
    const phone = await goToAddress(journey);
    await maps.reset('sandbox down');
    await typeSearch(journey, 'sandbox down');
    await expect(page.getByText(journey.messages.steps.address.searchFailedKept)).toBeVisible();
    expect(await maps.getRequests('sandbox down')).toHaveLength(2);
    await getSearchBox(journey).fill('padre mier');
    await expect(page.getByRole('listbox').getByRole('option')).toHaveText([/Padre Mier/]);
    await getSearchBox(journey).fill('sandbox down');
    await expect(page.getByText(journey.messages.steps.address.searchFailedKept)).toBeVisible();
    await finishByHand(journey, phone, 'sandbox down');
  });

  test('a chosen place that does not come leaves its street and asks for the rest', { tag: '@all' }, async ({
    page,
    journey,
  }) => {
    const phone = await goToAddress(journey);
    await maps.setNextAnswer('sandbox-guadalajara', { status: 500, body: { error: { status: 'INTERNAL' } } });
    await journey.searchAddress('juarez 170 guada');
    await page.getByRole('listbox').getByRole('option').first().click();
    await expect(page.getByText(journey.messages.steps.address.placeLost)).toBeVisible();
    await expect(getField(page, 'address1')).toHaveValue('Avenida Juárez 170');
    await expect(getField(page, 'zipCode')).toBeFocused();
    await finishByHand(journey, phone, 'Avenida Juárez 170');
  });

  test('without a connection the text is kept, and the search comes back with it', { tag: '@all' }, async ({
    page,
    journey,
    context,
  }) => {
    const phone = await goToAddress(journey);
    await typeSearch(journey, 'pa');
    await context.setOffline(true);
    await page.keyboard.type('dre');
    await expect(page.getByText(journey.messages.steps.address.searchFailedKept)).toBeVisible();
    await expect(getField(page, 'address1')).toHaveValue('padre');
    await context.setOffline(false);
    await page.keyboard.type(' mier 8');
    await expect(page.getByRole('listbox').getByRole('option')).toHaveText([/Padre Mier/]);
    await page.getByRole('listbox').getByRole('option').click();
    await expect(getField(page, 'address1')).toHaveValue('Calle Padre Mier 8');
    await journey.finishWithWallet();
    expect((await getSentBody(phone))['placeDetail']).toEqual(expect.any(String));
  });

  test('with Google blocked the step costs no tap and no key more than typing by hand', { tag: '@all' }, async ({
    page,
    journey,
  }) => {
    // The postal code chooses the state.
    const address = { zipCode: '03800', city: 'Centro' };
    /** Taps into boxes and on the button, and keys (journeys, 4.1). */
    async function countEntryEffort(street: ReturnType<typeof getField>): Promise<{ taps: number; keys: number }> {
      const effort = { taps: 0, keys: 0 };
      const tapAndType = async (target: ReturnType<typeof getField>) => {
        await target.click();
        effort.taps += 1;
      };
      const type = async (text: string) => {
        await page.keyboard.type(text);
        effort.keys += text.length;
      };
      await tapAndType(street);
      await expect(page.locator('input:focus')).toBeVisible();
      await type('Calle Once 11');
      await expect(getField(page, 'address1')).toHaveValue('Calle Once 11');
      for (const [name, value] of Object.entries(address)) {
        await tapAndType(getField(page, name));
        await type(value);
      }
      await tapAndType(page.getByRole('button', { name: journey.messages.form.continue }));
      await journey.expectTitle(journey.messages.steps.payment.title);
      return effort;
    }
    await page.route(/maps/, (route) => route.abort());
    await goToAddress(journey);
    const manualEffort = await countEntryEffort(page.getByText(journey.messages.steps.address.byHand));
    await page.context().clearCookies();
    await goToAddress(journey);
    const searchEffort = await countEntryEffort(getSearchBox(journey));
    expect(searchEffort).toEqual(manualEffort);
    expect(manualEffort).toEqual({ taps: 4, keys: 24 });
  });
});

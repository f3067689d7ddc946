import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { type Browser, expect, type Page, test } from '@playwright/test';
import { createRaasControl } from '../../support/control-client.ts';
import { createPhone } from '../../support/fixtures.ts';
import { fillFields } from '../../support/pages/fill-field.ts';
import { countInputs, type InputCounts } from '../../support/pages/input-counts.ts';
import { JourneyPage, messages } from '../../support/pages/journey-page.ts';
import { runOperatorCommand } from '../../support/run-operator-command.ts';
import { buildSepomexFile, type SepomexRow } from '../../support/sepomex-file.ts';
import { type Stack, startStack } from '../../support/stack.ts';

// A server whose operator has imported a table of postal codes, and has no key for Google.

const folder = mkdtempSync(join(tmpdir(), 'front-door-postal-'));
let stack: Stack;
const raas = createRaasControl(() => stack.origins['raasControl'] ?? '');
const { address, payment } = messages.es.steps;

const buildRow = (code: string, settlement: string, municipality: string, state: string): SepomexRow => ({
  code,
  settlement,
  municipality,
  state,
});
const LONG_LIST = Array.from({ length: 30 }, (_, index) =>
  buildRow('57000', `Sección ${index + 1}`, 'Nezahualcóyotl', 'México'),
);
const ROWS = [
  buildRow('03800', 'San Pedro de los Pinos', 'Benito Juárez', 'Ciudad de México'),
  buildRow('03800', '8 de Agosto', 'Benito Juárez', 'Ciudad de México'),
  buildRow('03100', 'Del Valle Centro', 'Benito Juárez', 'Ciudad de México'),
  ...LONG_LIST,
];

// One worker: the server is started once.
test.describe.configure({ mode: 'default' });

test.beforeAll(async () => {
  const [source, table] = [join(folder, 'CPdescarga.txt'), join(folder, 'postal-codes.txt')];
  writeFileSync(source, buildSepomexFile(ROWS));
  const example = parseEnv(readFileSync('.env.example', 'utf8'));
  const { status, stderr } = await runOperatorCommand('postal-codes', ['import', source], {
    ...example,
    POSTAL_CODES_FILE: table,
  });
  expect({ status, stderr }).toMatchObject({ status: 0 });
  const env = { DATA_DIR: join(folder, 'data'), POSTAL_CODES_FILE: table, GOOGLE_MAPS_API_KEY: '' };
  stack = await startStack({ ports: 'free', env });
});
test.afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
});

type Visit = { journey: JourneyPage; page: Page; phone: string; getCounts: () => InputCounts };

/** A phone of 360x740 on the address page. */
async function openAddress(browser: Browser, options: { javaScriptEnabled?: boolean } = {}): Promise<Visit> {
  const viewport = { width: 360, height: 740 };
  const context = await browser.newContext({
    baseURL: stack.origins.app,
    viewport,
    hasTouch: true,
    isMobile: true,
    ...options,
  });
  const getTotals = await countInputs(context);
  const journey = new JourneyPage(await context.newPage());
  const phone = createPhone();
  await journey.start('es');
  await journey.goToAddress(phone);
  if (options.javaScriptEnabled !== false) await journey.waitForHydration();
  const before = getTotals();
  const getCounts = () =>
    Object.fromEntries(
      Object.entries(getTotals()).map(([name, count]) => [name, count - before[name as keyof InputCounts]]),
    ) as InputCounts;
  return { journey, page: journey.page, phone, getCounts };
}

const getField = (page: Page, name: string) => page.locator(`[name=${name}]`);
const chooseSettlement = (page: Page, name: string) => page.locator('label').filter({ hasText: name }).tap();

async function getSentBody(phone: string): Promise<Record<string, unknown>> {
  const [call] = await raas.getSubmitRequests(phone);
  return JSON.parse(call?.body ?? '{}');
}

/** Presses Continue and returns the effort of the page. */
async function finishPage({ journey, page, getCounts }: Visit): Promise<InputCounts> {
  await page.getByRole('button', { name: messages.es.form.continue }).tap();
  await journey.expectTitle(payment.title);
  return getCounts();
}

/** The card of a chosen colonia has its name, and its place in a line of its own. */
async function expectSettlementCard(page: Page, settlement: string, place: string): Promise<void> {
  const card = page
    .locator('div')
    .filter({ has: page.getByText(place, { exact: true }) })
    .last();
  await expect(card).toBeVisible();
  await expect(card.getByText(settlement, { exact: true })).toBeVisible();
}

test('the code, a colonia and the street are an address, in one screen and with few keys', async ({ browser }) => {
  const visit = await openAddress(browser);
  const { journey, page, phone } = visit;
  const getScreens = () => page.evaluate(() => document.documentElement.scrollHeight / innerHeight);
  expect(await getScreens()).toBeLessThanOrEqual(1);
  await getField(page, 'zipCode').tap();
  await page.keyboard.type('03800');
  await expect(page.getByText('2 colonias en Benito Juárez, CDMX.')).toBeVisible();
  await chooseSettlement(page, 'San Pedro de los Pinos');
  await expectSettlementCard(page, 'San Pedro de los Pinos', 'Benito Juárez · CDMX · 03800');
  await expect(getField(page, 'address1')).toBeFocused();
  await page.keyboard.type('Avenida Calle Dos 296');
  expect(await getScreens()).toBeLessThanOrEqual(1);
  const { keys, taps } = await finishPage(visit);
  expect({ keys, taps }).toEqual({ keys: 26, taps: 3 });
  await page.goBack();
  await expectSettlementCard(page, 'San Pedro de los Pinos', 'Benito Juárez · CDMX · 03800');
  await journey.finishWithWallet();
  const sentBody = await getSentBody(phone);
  expect(sentBody).toMatchObject({
    address1: 'Avenida Calle Dos 296',
    city: 'San Pedro de los Pinos',
    address3: 'Benito Juárez',
    state: 'CDMX',
    zipCode: '03800',
  });
  for (const name of ['otherCity', 'listedZipCode', 'zipCodeConfirmed']) expect(sentBody).not.toHaveProperty(name);
});

test('without script, the page comes back with the colonias of the code', async ({ browser }) => {
  const { journey, page, phone } = await openAddress(browser, { javaScriptEnabled: false });
  await getField(page, 'zipCode').fill('03800');
  await page.getByRole('button', { name: address.lookUp }).click();
  await page.getByRole('radio', { name: 'San Pedro de los Pinos' }).check();
  await fillFields(page, { address1: 'Calle Dos 10' });
  // A code that was changed after its list came needs its own list.
  await fillFields(page, { zipCode: '03100' });
  await journey.continue();
  await expect(page.getByRole('alert').getByText(messages.es.errors.city.listed)).toBeVisible();
  await page.getByRole('button', { name: address.lookUp }).click();
  await page.getByRole('radio', { name: 'Del Valle Centro' }).check();
  await expect(getField(page, 'address1')).toHaveValue('Calle Dos 10');
  await journey.finishWithWallet();
  expect(await getSentBody(phone)).toMatchObject({
    city: 'Del Valle Centro',
    address3: 'Benito Juárez',
    state: 'CDMX',
    zipCode: '03100',
  });
});

test('without a code the lines stay below 50 keys: the code chooses the state', { tag: '@all' }, async ({
  browser,
}) => {
  const visit = await openAddress(browser);
  const { page, phone, journey } = visit;
  await page.getByRole('button', { name: address.unknownZipCode }).tap();
  await expect(getField(page, 'address1')).toBeFocused();
  await page.keyboard.type('Avenida Calle Dos 296');
  for (const [name, text] of Object.entries({ zipCode: '03800', city: 'San Pedro de los Pinos' })) {
    await getField(page, name).tap();
    await page.keyboard.type(text);
  }
  await expect(getField(page, 'state')).toHaveValue('CDMX');
  const { keys, taps } = await finishPage(visit);
  expect({ keys, taps }).toEqual({ keys: 48, taps: 4 });
  await journey.finishWithWallet();
  expect(await getSentBody(phone)).toMatchObject({ city: 'San Pedro de los Pinos', state: 'CDMX', zipCode: '03800' });
});

test('a code that the table does not have, and a table that does not answer, lead to the lines with the state', {
  tag: '@all',
}, async ({ browser }) => {
  const { page, journey, phone } = await openAddress(browser);
  await getField(page, 'zipCode').tap();
  await page.keyboard.type('44100');
  await expect(page.getByText(address.settlements.none)).toBeVisible();
  await expect(getField(page, 'zipCode')).toHaveValue('44100');
  await expect(getField(page, 'state')).toHaveValue('Jal.');
  await expect(getField(page, 'address1')).toBeFocused();
  await fillFields(page, { address1: 'Calle Uno 1', city: 'Centro' });
  await journey.finishWithWallet();
  expect(await getSentBody(phone)).toMatchObject({ city: 'Centro', state: 'Jal.', zipCode: '44100' });

  const other = await openAddress(browser);
  await other.page.route('**/postal-codes/*', (route) => route.abort());
  await getField(other.page, 'zipCode').fill('03800');
  await expect(other.page.getByText(address.settlements.failed)).toBeVisible();
  await expect(getField(other.page, 'state')).toHaveValue('CDMX');
});

test('a long list has a search, another colonia can be written, and the choice can be changed', {
  tag: '@all',
}, async ({ browser }) => {
  const { page, journey, phone } = await openAddress(browser);
  // A code with one colonia needs no choice.
  await getField(page, 'zipCode').fill('03100');
  await expectSettlementCard(page, 'Del Valle Centro', 'Benito Juárez · CDMX · 03100');
  await expect(getField(page, 'address1')).toBeFocused();
  await page.getByRole('button', { name: address.change }).tap();
  await expect(getField(page, 'zipCode')).toBeFocused();
  await getField(page, 'zipCode').fill('57000');
  await expect(page.getByRole('radio')).toHaveCount(31);
  await page.getByRole('searchbox', { name: address.filterSettlements }).fill('seccion 1');
  await expect(page.getByRole('radio')).toHaveCount(12);
  await page.getByRole('searchbox', { name: address.filterSettlements }).fill('xyz');
  await expect(page.getByRole('radio')).toHaveCount(1);
  await page.getByRole('radio', { name: address.otherCity }).check();
  await fillFields(page, { address1: 'Calle Uno 1' });
  await journey.continue();
  await journey.expectErrors([messages.es.errors.colonia.required]);
  await fillFields(page, { otherCity: 'Colonia Nueva' });
  await journey.finishWithWallet();
  expect(await getSentBody(phone)).toMatchObject({
    city: 'Colonia Nueva',
    address3: 'Nezahualcóyotl',
    state: 'Méx.',
    zipCode: '57000',
  });
});

test('an empty page says everything that is missing', { tag: '@all' }, async ({ browser }) => {
  const { page, journey } = await openAddress(browser);
  await journey.continue();
  const { address1, zipCode, colonia, state } = messages.es.errors;
  await journey.expectErrors([address1.required, zipCode.required, colonia.required, state.required]);
  await expect(getField(page, 'state')).toBeVisible();
});

test('a code that was half typed when the tab was closed is still the first question', { tag: '@all' }, async ({
  browser,
}) => {
  const { page } = await openAddress(browser);
  await getField(page, 'zipCode').fill('038');
  const formUrl = page.url();
  const laterPage = await page.context().newPage();
  await page.close({ runBeforeUnload: true });
  await expect(async () => {
    await laterPage.goto(formUrl);
    await expect(getField(laterPage, 'zipCode')).toHaveValue('038');
  }).toPass();
  await expect(getField(laterPage, 'address1')).toBeHidden();
  await getField(laterPage, 'zipCode').fill('03800');
  await expect(laterPage.getByRole('radio')).toHaveCount(3);
});

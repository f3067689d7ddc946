import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { AxeBuilder } from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import type { Locale } from '../../../lib/domain/locale.ts';
import { writeBrandFile } from '../../support/brand-file.ts';
import { createControl, createRaasControl } from '../../support/control-client.ts';
import { acceptHandOver, handOverCase, signIn, startCase } from '../../support/pages/agent.ts';
import { EXAMPLE_REQUEST, fillExample } from '../../support/pages/example-request.ts';
import { JourneyPage, messages } from '../../support/pages/journey-page.ts';
import { type Stack, startStack } from '../../support/stack.ts';

// Servers that are set up otherwise than the one that the other tests share.

const PHONE = '+525521206706';
const CARD = { number: '4111111111111111', expiry: '1128', code: '123' };

type Server = Stack & {
  data: string;
  log: () => string;
  raas: ReturnType<typeof createRaasControl>;
  vgs: ReturnType<typeof createControl>;
};
type StartServer = (env: Record<string, string>, brand?: object) => Promise<Server>;

const test = base.extend<{ start: StartServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads from the pattern which fixtures a fixture needs
  start: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'front-door-configured-'));
    const stacks: Stack[] = [];
    await use(async (env, brand) => {
      let output = '';
      const stack = await startStack({
        ports: 'free',
        env: { DATA_DIR: join(folder, 'data'), ...(brand && { BRAND_FILE: writeBrandFile(folder, brand) }), ...env },
        onOutput: (text) => {
          output += text;
        },
      });
      stacks.push(stack);
      const getOrigin = (name: string) => () => stack.origins[name] ?? '';
      return {
        ...stack,
        data: join(folder, 'data'),
        log: () => output,
        raas: createRaasControl(getOrigin('raasControl')),
        vgs: createControl(getOrigin('vgsControl')),
      };
    });
    for (const stack of stacks) await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  },
});

/** Returns the operators' command's output for the submission that a stopped server has kept. */
function showSubmission({ log, data }: Server): string {
  const [, id = ''] = /"submission":"([0-9a-f-]+)"/.exec(log()) ?? [];
  const env = { ...process.env, ...parseEnv(readFileSync('.env.example', 'utf8')), DATA_DIR: data };
  const command = ['--conditions=react-server', 'lib/cli/submissions.ts', 'show', id.slice(0, 8)];
  return execFileSync('node', command, { env, encoding: 'utf8' });
}

async function openJourney(page: Page, { origins }: Stack): Promise<JourneyPage> {
  const journey = new JourneyPage(page);
  await page.goto(`${origins.app}/en`);
  await page.getByRole('link', { name: journey.messages.start.begin }).click();
  return journey;
}

async function getSentBody({ raas }: Server): Promise<Record<string, unknown>> {
  const [call, ...otherCalls] = await raas.getSubmitRequests(PHONE);
  expect(otherCalls).toEqual([]);
  return JSON.parse(call?.body ?? '{}');
}

test('without a key for maps there is no search, and the tenant’s own spellings go out', { tag: '@all' }, async ({
  page,
  start,
}) => {
  const server = await start({
    GOOGLE_MAPS_API_KEY: '',
    RAAS_STATE_FORM: 'iso',
    RAAS_BIRTH_STATE_FORM: 'short',
    RAAS_UBN_BANK_NAME: 'send',
    RAAS_MX_MOBILE_FORM: 'e164',
  });
  const journey = await openJourney(page, server);
  await journey.fillIdentity({ firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'], phone: PHONE });
  await journey.openOptionalFields();
  await page.getByLabel(journey.messages.steps.identity.birthState).selectOption('Quintana Roo');
  await journey.continue();
  await journey.expectTitle(journey.messages.steps.address.title);
  await expect(page.getByText(journey.messages.steps.address.search)).toHaveCount(0);
  await journey.fillAddress();
  await journey.continue();
  await journey.choosePayment('UBN');
  await page.locator('[name="ubnParams.number"]').fill('002320275621938815');
  await journey.continue();
  await journey.expectTitle(journey.messages.review.title);
  await journey.submit();
  await journey.expectLink();
  expect(await getSentBody(server)).toEqual({
    firstName: 'Ana',
    lastName: 'Ruiz',
    dob: '1990-02-01',
    lang: 'en',
    countryCode: 'MX',
    phoneNumber: PHONE,
    address1: 'Calle Dos 10',
    city: 'San Pedro de los Pinos',
    state: 'MX-CMX',
    zipCode: '03800',
    birthState: 'Q.R.',
    paymentMethodType: 'UBN',
    ubnParams: { number: '002320275621938815', country: 'MX', currency: 'MXN', bankName: 'Banco Nacional de México' },
  });
});

test('in tokenize mode the vault itself makes the aliases, of a form that cannot be card data', {
  tag: '@all',
}, async ({ page, start }) => {
  const server = await start({ VGS_MODE: 'tokenize' });
  const journey = await openJourney(page, server);
  await fillExample(journey, '+5215521206706');
  await expect(page.getByText('Visa ending in 1111')).toBeVisible();
  await journey.submit();
  await journey.expectLink();
  const sentBody = await getSentBody(server);
  expect(sentBody['addCardParams']).toEqual({
    ...EXAMPLE_REQUEST.addCardParams,
    country: 'MX',
    currency: 'MXN',
    number: expect.stringMatching(/^tok_sandbox_[1-9A-HJ-NP-Za-km-z]{22}$/),
    securityCode: expect.stringMatching(/^tok_sandbox_[1-9A-HJ-NP-Za-km-z]{22}$/),
  });
  const requests = await server.vgs.getRequests('1111');
  expect(requests.map(({ path, body }) => [path, JSON.parse(body)])).toEqual([
    [
      '/tokens',
      [
        { format: 'UUID', storage: 'PERSISTENT' },
        { format: 'UUID', storage: 'VOLATILE' },
      ],
    ],
  ]);
});

test('with an account as the only way to pay there is no choice, only its number', { tag: '@all' }, async ({
  page,
  start,
}) => {
  const server = await start({}, { paymentMethodTypes: ['UBN'] });
  const journey = await openJourney(page, server);
  await journey.goToAddress(PHONE);
  await expect(page.getByText('Step 2 of 4')).toBeVisible();
  await journey.fillAddress();
  await journey.continue();
  await journey.expectTitle(journey.messages.steps.payment.titleAccount);
  await expect(page.getByRole('radio')).toHaveCount(0);
  await journey.continue();
  await journey.expectErrors([journey.messages.errors.ubnParams.number.clabe]);
  await page.locator('[name="ubnParams.number"]').fill('002320275621938815');
  await journey.continue();
  await journey.expectTitle(journey.messages.review.title);
  await journey.submit();
  await journey.expectLink();
  expect(await getSentBody(server)).toMatchObject({
    paymentMethodType: 'UBN',
    ubnParams: { number: '002320275621938815', country: 'MX', currency: 'MXN' },
  });
});

test('with a wallet as the only way to pay the question disappears, and the check page says what comes next', {
  tag: '@all',
}, async ({ page, start }) => {
  const server = await start({}, { paymentMethodTypes: ['DigitalWallet'] });
  const journey = await openJourney(page, server);
  await expect(page.getByText('Step 1 of 3')).toBeVisible();
  await journey.goToAddress(PHONE);
  await journey.fillAddress();
  await journey.continue();
  await journey.expectTitle(journey.messages.review.title);
  await expect(page.getByText(journey.messages.steps.payment.next.DigitalWallet)).toBeVisible();
  await expect(page.getByRole('link', { name: /^Change/ })).toHaveCount(2);
  await page.goto(`${server.origins.app}/en/onboarding/payment`);
  await journey.expectTitle(journey.messages.review.title);
  await journey.submit();
  await journey.expectLink();
  expect(await getSentBody(server)).toMatchObject({ paymentMethodType: 'DigitalWallet' });
});

test('a script of the vault that is not as its hash says is not run: a clear error, and another way', {
  tag: '@all',
}, async ({ page, start }) => {
  const server = await start({ VGS_COLLECT_INTEGRITY: `sha384-${'A'.repeat(64)}` });
  const journey = await openJourney(page, server);
  await journey.goToCard(PHONE);
  const { failed, other: otherMessage } = journey.messages.steps.card;
  await expect(page.getByRole('alert').filter({ hasText: failed })).toBeVisible();
  expect(await page.evaluate(() => 'VGSCollect' in window)).toBe(false);
  await expect(page.locator('input:visible')).toHaveCount(0);
  await expect.poll(() => server.log()).toContain('"what":"vault.script"');
  await page.getByRole('link', { name: otherMessage }).click();
  await journey.choosePayment('BankAccount');
  await journey.continue();
  await journey.expectTitle(journey.messages.review.title);
  await expect(page.getByText('Calle Dos 10')).toBeVisible();
  await journey.submit();
  await journey.expectLink();
  expect(await getSentBody(server)).toMatchObject({ paymentMethodType: 'BankAccount', address1: 'Calle Dos 10' });
});

test('with both hosts of the vault down there is a clear error; when the mirror is back it serves script and fields', {
  tag: '@all',
}, async ({ page, start }) => {
  const server = await start({ VGS_COLLECT_URL: '' });
  const requests: string[] = [];
  let isMirrorUp = false;
  await page.route(/^https:\/\/js3?\.verygoodvault\.com\//, async (route) => {
    const { hostname, pathname, search } = new URL(route.request().url());
    requests.push(`${hostname}${pathname}`);
    if (hostname === 'js.verygoodvault.com' || !isMirrorUp) return route.abort();
    await route.fulfill({ response: await route.fetch({ url: `${server.origins['vgs']}${pathname}${search}` }) });
  });
  const journey = await openJourney(page, server);
  await journey.goToCard(PHONE);
  const { failed, retry } = journey.messages.steps.card;
  await expect(page.getByRole('alert').filter({ hasText: failed })).toBeVisible();
  await expect(page.locator('input:visible')).toHaveCount(0);
  isMirrorUp = true;
  await page.getByRole('button', { name: retry }).click();
  await journey.fillCard(CARD);
  await journey.continue();
  await journey.expectTitle(journey.messages.review.title);
  await journey.submit();
  await journey.expectLink();
  expect(await getSentBody(server)).toMatchObject({ addCardParams: { name: 'VISA-1111' } });
  const scriptUrls = ['js', 'js3'].map((host) => `${host}.verygoodvault.com/vgs-collect/4.0.1/vgs-collect.js`);
  expect(requests.slice(0, 4)).toEqual([...scriptUrls, ...scriptUrls]);
});

test('a card that has waited too long is asked for again, the page says why, and nothing else is lost', {
  tag: '@all',
}, async ({ page, start }) => {
  const serverBefore = await start({});
  const journey = await openJourney(page, serverBefore);
  await journey.goToCard(PHONE);
  await journey.fillCard(CARD);
  await journey.continue();
  await journey.expectTitle(journey.messages.review.title);
  await serverBefore.stop();
  const minutes = 46;
  const serverAfter = await start({
    CLOCK_AHEAD_MS: `${minutes * 60_000}`,
    NODE_OPTIONS: '--import ./e2e/support/clock-ahead.mjs',
  });
  await page.goto(`${serverAfter.origins.app}/en/onboarding/review`);
  await journey.expectTitle(journey.messages.steps.card.title);
  await expect(page.getByText(journey.messages.steps.card.again)).toBeVisible();
  await expect(page.locator('[name="addCardParams.nameOnCard"]')).toHaveValue('Ana Ruiz');
  await journey.fillCard(CARD);
  await journey.continue();
  await journey.expectTitle(journey.messages.review.title);
  await journey.submit();
  await journey.expectLink();
  expect(await getSentBody(serverAfter)).toMatchObject({
    firstName: 'Ana',
    address1: 'Calle Dos 10',
    paymentMethodType: 'Card',
  });
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a partner’s brand in ${colorScheme}: its name, logo, colours, words, questions, terms and consent`, {
    tag: '@all',
  }, async ({ page, start }) => {
    const file = 'lib/config/brand/samples/cosecha.json';
    const brand = JSON.parse(readFileSync(file, 'utf8'));
    await page.emulateMedia({ colorScheme });
    const server = await start({ BRAND_FILE: file });
    const journey = new JourneyPage(page);
    await page.goto(`${server.origins.app}/en`);
    const expectAccessible = async () => expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(brand.words.en['start.title']);
    await expect(page.locator('header img')).toHaveJSProperty('complete', true);
    expect(await page.locator('header img').evaluate((logo: HTMLImageElement) => logo.naturalWidth)).toBeGreaterThan(0);
    const logo = await page.request.get(`${server.origins.app}/brand/logo`);
    expect(logo.headers()['content-type']).toBe('image/svg+xml; charset=utf-8');
    await expect(page.getByRole('link', { name: 'Privacy' })).toHaveAttribute('href', brand.legal.privacy.en);
    await expect(page.getByRole('link', { name: brand.contact.phone })).toHaveAttribute('href', 'tel:8001234567');
    const hex = brand.colors[colorScheme].accent.match(/\w\w/g).map((part: string) => Number.parseInt(part, 16));
    const button = page.getByRole('link', { name: journey.messages.start.begin });
    await expect(button).toHaveCSS('background-color', `rgb(${hex.join(', ')})`);
    await expectAccessible();

    await page.goto(`${server.origins.app}/es`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(brand.words.es['start.title']);
    await expect(page.getByRole('heading', { level: 2 })).toHaveText('Tenga a la mano'); // the file says usted
    await page.goto(`${server.origins.app}/en`);
    await button.click();
    await journey.fillIdentity({ firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'], phone: PHONE });
    for (const hiddenField of ['middleName', 'gender'])
      await expect(page.locator(`[name=${hiddenField}]`)).toHaveCount(0);
    await journey.continue();
    await journey.expectErrors([journey.messages.errors.lastName2.required]);
    await expectAccessible();
    await page.getByLabel(journey.messages.steps.identity.oneSurname).check();
    await journey.continue();
    await journey.expectTitle(journey.messages.steps.address.title);
    await journey.fillAddress();
    await journey.continue();
    await expect(page.getByRole('radio').first()).toHaveValue('UBN');
    await journey.choosePayment('DigitalWallet');
    await journey.continue();
    const consent = brand.consent.en.replace('{brand}', brand.name);
    await expect(page.getByText(consent)).toBeVisible();
    const hash = createHash('sha256').update(consent).digest('hex');
    await expect(page.locator('[name=consent]')).toHaveValue(hash);
    await expectAccessible();
    await journey.submit();
    await journey.expectLink();
    expect(await getSentBody(server)).not.toHaveProperty('lastName2');
    await server.stop();
    expect(showSubmission(server)).toMatch(
      new RegExp(`agreed .* customer, en, version ${brand.consent.version}, SHA-256 ${hash}`),
    );
  });
}

test('a brand that offers a card and nothing else needs a vault: the boot says so', async ({ start }) => {
  const startup = start({ VGS_VAULT_ID: '' }, { paymentMethodTypes: ['Card'] });
  await expect(startup).rejects.toThrow(/BRAND_FILE, VGS_VAULT_ID/);
});

test('a submission that nobody could find out about: a supervisor reads its story and decides, an agent cannot', {
  tag: '@all',
}, async ({ start, browser }) => {
  const server = await start({
    RECONCILE_EVERY_MS: '200',
    RECONCILE_AFTER_MS: '300',
    RECONCILE_LOOKS_MS: '200',
    RECONCILE_PARK_MS: '1500',
    BREAKER_IN_A_ROW: '1000000',
    BREAKER_PERCENT: '100',
  });
  const openConsole = async (lang: Locale) =>
    (await browser.newContext({ baseURL: server.origins.app, locale: lang === 'es' ? 'es-MX' : 'en-US' })).newPage();
  const w = messages.en.assist;
  const agentPage = await openConsole('en');
  const agent = new JourneyPage(agentPage);
  await signIn(agentPage, 'ana');
  await startCase(agentPage, PHONE);
  await agent.fillCaseWithWallet(PHONE);
  const { link } = await handOverCase(agentPage);
  const phone = await openConsole('es');
  const customer = new JourneyPage(phone);
  customer.lang = 'es';
  await acceptHandOver(agentPage, phone, link);
  await customer.expectTitle(messages.es.review.title);
  // Lost twice: looked for, proved absent, sent again, and lost again.
  await server.raas.setNextAnswer(PHONE, { reset: true, done: false });
  await server.raas.setNextAnswer(PHONE, { status: 500, done: false });
  await customer.submit();
  await agent.expectTitle(w.outcome.parked.title);
  await expect(agentPage.locator('q')).toHaveText(messages.es.spoken.outcome.parked);
  const reference =
    /Reference: ([0-9A-F]{8})/.exec((await agentPage.getByRole('status').textContent()) ?? '')?.[1] ?? '';
  expect((await agentPage.request.get('/en/assist/parked')).status()).toBe(404);
  await agentPage.getByRole('button', { name: w.next }).click();
  await agent.expectTitle(w.title);

  const supervisorPage = await openConsole('en');
  const supervisor = new JourneyPage(supervisorPage);
  await signIn(supervisorPage, 'diana');
  await supervisorPage.getByRole('link', { name: w.bar.parked }).click();
  await supervisor.expectTitle(w.parked.title);
  const item = supervisorPage.getByRole('region', { name: w.parked.reference.replace('{reference}', reference) });
  await expect(item).toContainText(w.parked.states.ambiguous);
  await item.getByRole('button', { name: w.parked.decide }).click();
  await expect(item.getByRole('alert')).toHaveText(w.parked.choose);
  await item.getByLabel(w.parked.decisions.again).check();
  await item.getByLabel(w.parked.sure).check();
  await item.getByRole('button', { name: w.parked.decide }).click();
  await expect(supervisorPage.getByText(w.parked.none)).toBeVisible();
  // The case is back on the list, and its customer may send again.
  await supervisorPage.getByRole('link', { name: w.title }).click();
  await expect(supervisorPage.getByRole('link', { name: 'Ana Ruiz' })).toBeVisible();
  await phone.goto('/es/onboarding/review');
  await customer.submit();
  await expect(phone).toHaveURL(/^http:\/\/127\.0\.0\.1:\d+\/[A-Za-z0-9]{5}$/);
  expect(await server.raas.getSubmitRequests(PHONE)).toHaveLength(3);
  for (const page of [agentPage, phone, supervisorPage]) await page.context().close();
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { writeBrandFile } from '../../support/brand-file.ts';
import { createRaasControl } from '../../support/control-client.ts';
import { test as base, expect, recordRequests } from '../../support/document-server.ts';
import { countInputs } from '../../support/pages/input-counts.ts';
import { JourneyPage, messages } from '../../support/pages/journey-page.ts';
import { type Stack, startStack } from '../../support/stack.ts';
import { makeAuthority, makeSigner, type TestCertificate } from '../../support/wallet/issuer-certificates.ts';
import { declineRequests, keepWaiting, presentOnRequest } from '../../support/wallet/virtual-wallet.ts';

// A wallet's document fills the form. Chromium's virtual wallet stands for the wallet and the browser's dialog.

const { document: texts, steps } = messages.es;
const MAX_KEYS = 45;
const EMAIL = 'ariel+fielContigo@leapfinancial.com';

let stack: Stack;
let folder: string;
let output = '';
let signer: TestCertificate;
const getOrigin = () => stack.origins['app'] ?? '';

base.beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'front-door-wallet-'));
  const authority = await makeAuthority(new Date());
  signer = await makeSigner(authority, new Date());
  const roots = join(folder, 'roots.pem');
  writeFileSync(roots, `${authority.certificate}`);
  const brand = writeBrandFile(folder, { documents: ['licence'], walletId: true, countries: ['US'] });
  stack = await startStack({
    ports: 'free',
    env: { DATA_DIR: join(folder, 'data'), BRAND_FILE: brand, RAAS_COUNTRY: 'US', WALLET_ID_ROOTS_FILE: roots },
    onOutput: (text) => {
      output += text;
    },
  });
});
base.afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
});

const test = base.extend<{ journey: JourneyPage }>({
  journey: async ({ page }, use) => {
    const journey = new JourneyPage(page);
    journey.lang = 'es';
    await use(journey);
  },
});
test.use({ viewport: { width: 360, height: 740 } });

const getWalletButton = (page: Page) => page.getByRole('button', { name: texts.wallet.ask });
const present = (page: Page, more = {}) =>
  presentOnRequest(page, { signer, origin: getOrigin(), now: new Date(), ...more });

async function openDocumentPage(page: Page, journey: JourneyPage): Promise<void> {
  await page.goto(`${getOrigin()}/es/onboarding/identity`);
  await page.getByRole('button', { name: texts.offer }).click();
  await journey.expectTitle(texts.title);
}

test('a driving licence in a wallet fills names, date, sex and address, to the link, with few keys', {
  tag: '@all',
}, async ({ page, journey, context }) => {
  const getCounts = await countInputs(context);
  const requests = recordRequests(page);
  const responses = await present(page);
  await openDocumentPage(page, journey);
  await getWalletButton(page).click();
  await journey.expectTitle(steps.identity.title);
  await expect(page.getByText(texts.filled.wallet.split('{')[0] ?? '')).toBeVisible();
  await page.locator('[name=phoneNumber]').pressSequentially('2135550187');
  await page.locator('[name=email]').pressSequentially(EMAIL);
  await journey.continue();
  await journey.expectTitle(steps.address.title);
  await journey.continue();
  await journey.expectTitle(steps.payment.title);
  await journey.choosePayment('DigitalWallet');
  await journey.continue();
  await journey.expectTitle(messages.es.review.title);
  await journey.submit();
  await expect(page).toHaveURL(/\/[A-Za-z0-9]{5}$/);

  const raas = createRaasControl(() => stack.origins['raasControl'] ?? '');
  const [call, ...others] = await raas.getSubmitRequests('+12135550187');
  expect(others).toEqual([]);
  expect(JSON.parse(call?.body ?? '')).toEqual({
    firstName: 'Maria Elena',
    lastName: 'Garcia Lopez',
    dob: '1987-06-24',
    gender: 'Female',
    phoneNumber: '+12135550187',
    email: EMAIL,
    lang: 'es',
    countryCode: 'US',
    address1: '123 Main Street Apt 4',
    city: 'Houston',
    state: 'TX',
    zipCode: '77002',
    paymentMethodType: 'DigitalWallet',
  });
  const { keys, taps } = getCounts();
  console.log(`wallet ID: ${keys} keys of ${MAX_KEYS}, ${taps} taps`);
  expect(keys).toBeLessThanOrEqual(MAX_KEYS);

  const [token = ''] = Object.values(
    (JSON.parse(responses[0] ?? '') as { vp_token: Record<string, string[]> }).vp_token,
  );
  const part = String(token[0]).slice(200, 260);
  expect(part).toHaveLength(60);
  expect(requests.findText(part)).toEqual([`${getOrigin()}/es/onboarding/document/wallet`]);
  expect(output.includes(part)).toBe(false);
});

test('declining, and a wallet that does not answer, leave what was typed', { tag: '@all' }, async ({
  page,
  journey,
}) => {
  await page.goto(`${getOrigin()}/es/onboarding/identity`);
  await page.locator('[name=phoneNumber]').fill('213 555 0188');
  await page.getByRole('button', { name: texts.offer }).click();
  await declineRequests(page);
  await getWalletButton(page).click();
  await expect(page.getByText(texts.wallet.status.nothing)).toBeVisible();
  await keepWaiting(page);
  await getWalletButton(page).click();
  await expect(page.getByText(texts.wallet.status.asking)).toBeVisible();
  await page.getByRole('link', { name: texts.byHand }).click();
  await journey.expectTitle(steps.identity.title);
  await expect(page.locator('[name=phoneNumber]')).toHaveValue('213 555 0188');
});

test('a request that does not arrive whole ends in a sentence, and the next one works', { tag: '@all' }, async ({
  page,
  journey,
}) => {
  await openDocumentPage(page, journey);
  await page.route('**/wallet/request', (route) => route.fulfill({ body: 'no request' }), { times: 1 });
  await getWalletButton(page).click();
  await expect(page.getByText(texts.wallet.status.nothing)).toBeVisible();
  await present(page);
  await getWalletButton(page).click();
  await journey.expectTitle(steps.identity.title);
  await expect(page.locator('[name=firstName]')).toHaveValue('Maria Elena');
});

test('a document of an unknown issuer is refused with a sentence, and fills nothing', { tag: '@all' }, async ({
  page,
  journey,
}) => {
  const stranger = await makeSigner(await makeAuthority(new Date()), new Date());
  await present(page, { signer: stranger });
  await openDocumentPage(page, journey);
  await getWalletButton(page).click();
  await expect(page.getByRole('alert')).toHaveText(texts.wallet.refused);
  await page.getByRole('link', { name: texts.byHand }).click();
  await expect(page.locator('[name=firstName]')).toHaveValue('');
  expect(output).toContain('"event":"wallet.refused","cause":"issuer-unknown"');
});

test('a browser without wallets shows nothing of them', { tag: '@all' }, async ({ page }) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'DigitalCredential'));
  const journey = new JourneyPage(page);
  journey.lang = 'es';
  await openDocumentPage(page, journey);
  const camera = page.getByRole('button', { name: texts.camera });
  await expect(camera).toBeVisible();
  const hasScript = (element: Element) => Object.keys(element).some((key) => key.startsWith('__reactProps'));
  await expect.poll(() => camera.evaluate(hasScript)).toBe(true);
  await expect(getWalletButton(page)).toHaveCount(0);
});

test('only the page that asks a wallet has the permission', { tag: '@all' }, async ({ request }) => {
  const getPolicy = async (path: string) =>
    (await request.get(`${getOrigin()}/es${path}`)).headers()['permissions-policy'] ?? '';
  expect(await getPolicy('/onboarding/document')).toContain('digital-credentials-get=(self)');
  for (const path of ['', '/onboarding/identity', '/onboarding/address', '/onboarding/review', '/continue', '/assist'])
    expect([path, await getPolicy(path)]).toEqual([path, expect.stringContaining('digital-credentials-get=()')]);
});

import type { Page } from '@playwright/test';
import { draw, encodeJpeg, type Picture } from '../../scan/degrade.ts';
import { buildCurp, buildCurpText, buildLicenceText } from '../../scan/document-texts.ts';
import { SAMPLE_PERSON } from '../../scan/people.ts';
import { writePdf417, writeQrCode } from '../../scan/write-codes.ts';
import { expect, readStorage, recordRequests, test } from '../../support/document-server.ts';
import { JourneyPage, messages } from '../../support/pages/journey-page.ts';

// A document fills the form on the customer's device: from a picture here, from the camera in `document-camera.spec.ts`.

const PHONE = { width: 360, height: 740 };
const texts = messages.es.document;

const toFile = (picture: Picture) => ({
  name: 'picture.jpg',
  mimeType: 'image/jpeg',
  buffer: encodeJpeg(picture, 80),
});
const curpText = buildCurpText(SAMPLE_PERSON, false);
const licenceText = buildLicenceText(SAMPLE_PERSON);

/** Opens the form and, by the offer beside its fields, the page that reads documents. */
async function openDocumentPage(page: Page, origin: string): Promise<JourneyPage> {
  const journey = new JourneyPage(page);
  journey.lang = 'es';
  await page.goto(`${origin}/es/onboarding/identity`);
  await page.getByRole('button', { name: texts.offer }).click();
  await journey.expectTitle(texts.title);
  return journey;
}

const choosePicture = (page: Page, picture: Picture) => page.getByLabel(texts.picture).setInputFiles(toFile(picture));

test('a picture of a CURP certificate fills the form to the link, and only the fields leave the page', async ({
  page,
  server,
}) => {
  await page.setViewportSize(PHONE);
  const requests = recordRequests(page);
  const picture = draw(writeQrCode(curpText, true), 6, 8);
  const journey = await openDocumentPage(page, server.origins.app);
  await choosePicture(page, picture);
  await journey.expectTitle(messages.es.steps.identity.title);
  await expect(page.getByText(texts.filled.document.split('{')[0] ?? '')).toBeVisible();
  await page.locator('[name=phoneNumber]').fill('55 1234 0001');
  await journey.continue();
  await journey.expectTitle(messages.es.steps.address.title);
  await journey.fillAddress();
  await journey.finishWithWallet();

  const [call, ...others] = await server.raas.getSubmitRequests('+525512340001');
  expect(others).toEqual([]);
  expect(JSON.parse(call?.body ?? '')).toEqual({
    firstName: 'BEGOÑA',
    lastName: 'NÚÑEZ',
    lastName2: 'DE LA PEÑA',
    dob: '1987-06-24',
    gender: 'Female',
    birthState: 'MX-JAL',
    phoneNumber: '+5215512340001',
    lang: 'es',
    countryCode: 'MX',
    address1: 'Calle Dos 10',
    city: 'San Pedro de los Pinos',
    state: 'CDMX',
    zipCode: '03800',
    paymentMethodType: 'DigitalWallet',
  });
  const curp = buildCurp(SAMPLE_PERSON);
  for (const secret of [curp, curpText, toFile(picture).buffer.subarray(200, 260)]) {
    expect(requests.findText(secret)).toEqual([]);
    expect(server.getOutput().includes(secret.toString())).toBe(false);
  }
  await page.goto(`${server.origins.app}/es`);
  expect(await readStorage(page)).toEqual([{}, {}, [], []]);
});

test('a picture that is chosen before the script arrives is read when it does', { tag: '@all' }, async ({
  page,
  server,
}) => {
  const script = Promise.withResolvers<void>();
  await page.route('**/_next/static/**/*.js*', async (route) => {
    await script.promise;
    await route.continue();
  });
  await page.goto(`${server.origins.app}/es/onboarding/document`, { waitUntil: 'commit' });
  await choosePicture(page, draw(writeQrCode(curpText, true), 6, 8));
  expect(await page.getByLabel(texts.picture).evaluate((input: HTMLInputElement) => input.files?.length)).toBe(1);
  script.resolve();
  await expect(page.locator('[name=firstName]')).toHaveValue('BEGOÑA');
});

test('a picture of a licence fills names and address at a desk', { tag: '@all' }, async ({ page, server }) => {
  const requests = recordRequests(page);
  const picture = draw(writePdf417(licenceText), 3, -7);
  const journey = await openDocumentPage(page, server.origins.app);
  await choosePicture(page, picture);
  await journey.expectTitle(messages.es.steps.identity.title);
  await page.locator('[name=phoneCountry]').selectOption('US');
  await page.locator('[name=phoneNumber]').fill('213 555 0187');
  await journey.continue();
  await journey.expectTitle(messages.es.steps.address.title);
  await journey.finishWithWallet();
  const [call] = await server.raas.getSubmitRequests('+12135550187');
  expect(JSON.parse(call?.body ?? '')).toEqual({
    firstName: 'BEGOÑA',
    middleName: 'LUCÍA',
    lastName: 'NÚÑEZ DE LA PEÑA',
    dob: '1987-06-24',
    gender: 'Female',
    phoneNumber: '+12135550187',
    lang: 'es',
    countryCode: 'US',
    address1: '1123 MAPLE AVE',
    city: 'LOS ANGELES',
    state: 'CA',
    zipCode: '90015',
    paymentMethodType: 'DigitalWallet',
  });
  for (const secret of ['ANSI 636014', 'D1234562', toFile(picture).buffer.subarray(200, 260)])
    expect(requests.findText(secret)).toEqual([]);
  expect(
    requests.urls.filter((url) => !url.startsWith(server.origins.app)).filter((url) => /wasm|zxing/.test(url)),
  ).toEqual([]);
});

test('a typed CURP is compared with the typed names, fills three answers, and keeps what was typed', {
  tag: '@all',
}, async ({ page, server }) => {
  const requests = recordRequests(page);
  const journey = new JourneyPage(page);
  journey.lang = 'es';
  await page.goto(`${server.origins.app}/es/onboarding/identity`);
  await journey.waitForHydration();
  await page.locator('[name=firstName]').fill('Laura');
  await page.locator('[name=phoneNumber]').fill('55 1234 0002');
  await page.getByRole('button', { name: texts.offer }).click();
  await journey.expectTitle(texts.title);
  const curp = buildCurp(SAMPLE_PERSON);
  const field = page.getByLabel(texts.typeCurp);
  await field.fill(`${curp.slice(0, 17)}${(Number(curp[17]) + 1) % 10}`);
  await page.getByRole('button', { name: texts.useCurp }).click();
  await expect(page.getByText(texts.curpWrong)).toBeVisible();
  await field.fill(curp.toLowerCase());
  await page.getByRole('button', { name: texts.useCurp }).click();
  await expect(page.getByText(texts.curpMismatch.replace('{name}', 'Laura'))).toBeVisible();
  await page.getByRole('button', { name: texts.useAnyway }).click();
  await journey.expectTitle(messages.es.steps.identity.title);
  await expect(page.locator('[name=firstName]')).toHaveValue('Laura');
  await expect(page.locator('[name=phoneNumber]')).toHaveValue('55 1234 0002');
  await expect(page.locator('[name="dob.year"]')).toHaveValue('1987');
  await expect(page.locator('[name=birthState]')).toHaveValue('MX-JAL');
  expect(requests.findText(curp)).toEqual([]);
});

test.describe('what cannot be read ends in a sentence', { tag: '@all' }, () => {
  test('an INE card, another code, and a picture without a code', async ({ page, server }) => {
    await openDocumentPage(page, server.origins.app);
    const status = page.getByRole('status').first();
    await choosePicture(page, draw(writeQrCode('https://qr.ine.mx/004697', true), 6, 0));
    await expect(status).toHaveText(texts.problems.addressOnly);
    await choosePicture(page, draw(writeQrCode('https://example.com/', true), 6, 0));
    await expect(status).toHaveText(texts.problems.unknown);
    const blank = { width: 400, height: 300, data: new Uint8ClampedArray(120_000).fill(200) };
    const start = Date.now();
    await choosePicture(page, blank);
    await expect(status).toHaveText(texts.problems.noCode);
    expect(Date.now() - start).toBeLessThan(8_000);
    await page
      .getByLabel(texts.picture)
      .setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('x') });
    await expect(status).toHaveText(texts.problems.badPicture);
  });

  test('a browser without a camera, and one that does not allow it', async ({ page, server }) => {
    await openDocumentPage(page, server.origins.app);
    await page.getByRole('button', { name: texts.camera }).click();
    await expect(page.getByRole('status').first()).toHaveText(
      new RegExp(`^(${texts.problems.noCamera}|${texts.problems.denied})$`),
    );
    await page.getByRole('link', { name: texts.byHand }).click();
    await expect(page.locator('[name=firstName]')).toBeVisible();
  });
});

test('without script the page says so and leads back', { tag: '@all' }, async ({ browser, server }) => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await openDocumentPage(page, server.origins.app);
  await expect(page.getByText(texts.withoutScript)).toBeVisible();
  await expect(page.getByRole('button', { name: texts.camera })).toBeHidden();
  await page.getByRole('link', { name: texts.byHand }).click();
  await expect(page.locator('[name=firstName]')).toBeVisible();
  await context.close();
});

test('only this page may use the camera and run a worker, and only its worker may compile', { tag: '@all' }, async ({
  page,
  server,
}) => {
  const pages = ['', '/onboarding/identity', '/onboarding/document', '/continue', '/assist/sign-in', '/preview'];
  for (const path of pages) {
    const { headers } = await page.request
      .get(`${server.origins.app}/es${path}`)
      .then((answer) => ({ headers: answer.headers() }));
    const isDocument = path === '/onboarding/document';
    const [policy = '', permissions = ''] = [headers['content-security-policy'], headers['permissions-policy']];
    expect([path, policy.includes("worker-src 'self'"), permissions.includes('camera=(self)')]).toEqual([
      path,
      isDocument,
      isDocument,
    ]);
    expect(policy).not.toContain('wasm');
  }
});

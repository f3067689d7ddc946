import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContextOptions, expect, type Page, test } from '@playwright/test';
import { draw, encodeJpeg, type Picture, placeOnDesk } from '../../scan/degrade.ts';
import { buildCurp, buildCurpText, buildLicenceText } from '../../scan/document-texts.ts';
import { SAMPLE_PERSON } from '../../scan/people.ts';
import { writePdf417, writeQrCode } from '../../scan/write-codes.ts';
import { writeBrandFile } from '../../support/brand-file.ts';
import { createRaasControl } from '../../support/control-client.ts';
import { readStorage, recordRequests } from '../../support/document-server.ts';
import { DESK, PHONE, withCamera } from '../../support/fake-camera.ts';
import { findBytes } from '../../support/find-bytes.ts';
import { JourneyPage, messages } from '../../support/pages/journey-page.ts';
import { type Stack, startStack } from '../../support/stack.ts';
import { readFiles, readStoredBytes } from '../../support/stored-bytes.ts';

// Both codes, from the camera and from a picture, on a phone and at a desk, to the link. Then everything that left the page or stayed
// in the browser, the log and the database is searched for the pictures and the texts of the codes.

const COMMON = { dob: '1987-06-24', gender: 'Female', lang: 'es', paymentMethodType: 'DigitalWallet' };
const DOCUMENTS = {
  curp: {
    text: buildCurpText(SAMPLE_PERSON, false),
    picture: draw(writeQrCode(buildCurpText(SAMPLE_PERSON, false), true), 6, 8),
    country: 'MX',
    getPhones: (index: number) => [`5512340${500 + index}`, `+525512340${500 + index}`] as const,
    body: (phone: string) => ({
      ...COMMON,
      firstName: 'BEGOÑA',
      lastName: 'NÚÑEZ',
      lastName2: 'DE LA PEÑA',
      birthState: 'MX-JAL',
      phoneNumber: phone.replace('+52', '+521'),
      countryCode: 'MX',
      address1: 'Calle Dos 10',
      city: 'San Pedro de los Pinos',
      state: 'CDMX',
      zipCode: '03800',
    }),
  },
  licence: {
    text: buildLicenceText(SAMPLE_PERSON),
    picture: draw(writePdf417(buildLicenceText(SAMPLE_PERSON)), 3, -7),
    country: 'US',
    getPhones: (index: number) => [`213555${1500 + index}`, `+1213555${1500 + index}`] as const,
    body: (phone: string) => ({
      ...COMMON,
      firstName: 'BEGOÑA',
      middleName: 'LUCÍA',
      lastName: 'NÚÑEZ DE LA PEÑA',
      phoneNumber: phone,
      countryCode: 'US',
      address1: '1123 MAPLE AVE',
      city: 'LOS ANGELES',
      state: 'CA',
      zipCode: '90015',
    }),
  },
};
const texts = messages.es.document;
const CAMERA = { width: 1280, height: 720 };
const toJpeg = (picture: Picture) => encodeJpeg(placeOnDesk(picture, CAMERA), 85);

const JOURNEYS = (['curp', 'licence'] as const).flatMap((document) =>
  (['camera', 'picture'] as const).flatMap((source) =>
    (['phone', 'desk'] as const).map((device) => ({ document, source, device })),
  ),
);

let stack: Stack;
const folder = mkdtempSync(join(tmpdir(), 'front-door-document-journeys-'));
const data = join(folder, 'data');
const traffic = join(folder, 'traffic.bin');
let output = '';
/** What the browsers sent and kept. */
const browserBytes: [string, Buffer][] = [];

// One server gets all journeys and is searched after them.
test.describe.configure({ mode: 'default' });

test.beforeAll(async () => {
  stack = await startStack({
    ports: 'free',
    recordTo: traffic,
    env: {
      DATA_DIR: data,
      BRAND_FILE: writeBrandFile(folder, { documents: ['curp', 'licence'], countries: ['MX', 'US'] }),
    },
    onOutput: (text) => {
      output += text;
    },
  });
});
test.afterAll(async () => {
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Fills the form with the document, types what it lacks, and submits. */
async function goToLink(page: Page, { document, source }: (typeof JOURNEYS)[number], phone: string): Promise<void> {
  const { picture, country } = DOCUMENTS[document];
  const journey = new JourneyPage(page);
  journey.lang = 'es';
  await page.goto(`${stack.origins.app}/es/onboarding/identity`);
  await page.getByRole('button', { name: texts.offer }).click();
  await journey.expectTitle(texts.title);
  if (source === 'camera') await page.getByRole('button', { name: texts.camera }).click();
  else
    await page
      .getByLabel(texts.picture)
      .setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: toJpeg(picture) });
  // A busy machine reads few of the camera's pictures in a second.
  await page.waitForURL('**/onboarding/identity**', { timeout: 60_000 });
  await journey.expectTitle(messages.es.steps.identity.title);
  await page.locator('[name=phoneCountry]').selectOption(country);
  await page.locator('[name=phoneNumber]').fill(phone);
  await journey.continue();
  await journey.expectTitle(messages.es.steps.address.title);
  if (document === 'curp') await journey.fillAddress();
  await journey.finishWithWallet();
}

for (const [index, journey] of JOURNEYS.entries()) {
  const { document, source, device } = journey;
  test(`${document} from the ${source} on a ${device} leads to the link`, { tag: '@all' }, async () => {
    const { picture, body, getPhones } = DOCUMENTS[document];
    const [typedPhone, sentPhone] = getPhones(index);
    const options: BrowserContextOptions = device === 'phone' ? PHONE : DESK;
    const name = `${document}, ${source}, ${device}`;
    await withCamera(
      toJpeg(picture),
      options,
      async (page) => {
        const problems: string[] = [];
        page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
        page.on('pageerror', (error) => problems.push(String(error)));
        const requests = recordRequests(page);
        await goToLink(page, journey, typedPhone);
        await page.goto(`${stack.origins.app}/es`);
        expect(await readStorage(page)).toEqual([{}, {}, [], []]);
        expect(problems).toEqual([]);
        browserBytes.push([`requests of ${name}`, requests.getBytes()]);
      },
      (profile) =>
        browserBytes.push([`profile of ${name}`, Buffer.concat(readFiles(profile).map(([, bytes]) => bytes))]),
    );
    const raas = createRaasControl(() => stack.origins['raasControl'] ?? '');
    const calls = await raas.getSubmitRequests(sentPhone);
    expect(calls.map((call) => JSON.parse(call.body))).toEqual([body(sentPhone)]);
  });
}

test('network, storage, log and database have nothing of the pictures and the codes', { tag: '@all' }, async () => {
  expect(browserBytes.length, 'requests and profile of each journey').toBe(2 * JOURNEYS.length);
  await stack.stop();
  const sources: [string, Buffer][] = [
    ...browserBytes,
    ['traffic', readFileSync(traffic)],
    ['log', Buffer.from(output)],
    ...(await readStoredBytes(data)),
  ];
  const getSource = (name: string) => sources.find(([source]) => source === name)?.[1] ?? Buffer.alloc(0);
  // The search reads what it is for: the filled names are in the traffic and, decrypted, in the database.
  expect(getSource('traffic').includes(encodeURIComponent('BEGOÑA'))).toBe(true);
  expect(getSource('decrypted values').includes('BEGOÑA')).toBe(true);
  const secrets = Object.values(DOCUMENTS).flatMap(({ picture, text }) => [
    toJpeg(picture),
    Buffer.from(placeOnDesk(picture, CAMERA).data),
    Buffer.from(text),
    Buffer.from(text, 'latin1'),
  ]);
  const size = sources.reduce((sum, [, bytes]) => sum + bytes.length, 0);
  console.log(`searched ${(size / 1e6).toFixed(0)} MB in ${sources.length} sources`);
  expect(findBytes(secrets, sources)).toEqual([]);
  // A CURP is shorter than a fragment.
  expect(sources.filter(([, bytes]) => bytes.includes(buildCurp(SAMPLE_PERSON))).map(([name]) => name)).toEqual([]);
});

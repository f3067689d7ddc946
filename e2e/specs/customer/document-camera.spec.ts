import { draw, encodeJpeg, type Picture, placeOnDesk } from '../../scan/degrade.ts';
import { buildCurpText, buildLicenceText } from '../../scan/document-texts.ts';
import type { Person } from '../../scan/people.ts';
import { writePdf417, writeQrCode } from '../../scan/write-codes.ts';
import { expect, recordRequests, test } from '../../support/document-server.ts';
import { DESK, PHONE, withCamera } from '../../support/fake-camera.ts';
import { messages } from '../../support/pages/journey-page.ts';

const PERSON: Person = {
  firstName: 'Íñigo',
  middleName: '',
  lastName: 'Yáñez',
  lastName2: '',
  sex: 'H',
  dob: '2001-03-09',
  birthState: ['NL', 'MX-NLE'],
  street: '9 PEÑA ST',
};
const texts = messages.en.document;
const CAMERA = { width: 1280, height: 720 };

const toJpeg = (picture: Picture) => encodeJpeg(placeOnDesk(picture, CAMERA), 90);

for (const [document, picture, device, expectedFields] of [
  [
    'a CURP certificate',
    draw(writeQrCode(buildCurpText(PERSON, true), true), 7, 9),
    PHONE,
    { firstName: 'ÍÑIGO', lastName: 'YÁÑEZ', 'dob.day': '09', birthState: 'MX-NLE' },
  ],
  [
    'a licence',
    draw(writePdf417(buildLicenceText(PERSON)), 3, -11),
    DESK,
    { firstName: 'ÍÑIGO', lastName: 'YÁÑEZ', 'dob.year': '2001', gender: 'Male' },
  ],
] as const) {
  test(`the camera reads ${document}, and nothing that it saw leaves the page`, { tag: '@all' }, async ({ server }) => {
    await withCamera(toJpeg(picture), device, async (page) => {
      const requests = recordRequests(page);
      await page.goto(`${server.origins.app}/en/onboarding/document`);
      const loadedBefore = requests.urls.filter((url) => url.endsWith('.wasm'));
      await page.getByRole('button', { name: texts.camera }).click();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(messages.en.steps.identity.title);
      for (const [name, value] of Object.entries(expectedFields)) {
        const field = page.locator(`[name="${name}"]${name === 'gender' ? ':checked' : ''}`);
        await expect(field).toHaveValue(value);
      }
      expect(loadedBefore).toEqual([]);
      expect(requests.urls.filter((url) => url.endsWith('.wasm'))).toHaveLength(1);
      expect(requests.findText('Validación Legal').concat(requests.findText('ANSI 636014'))).toEqual([]);
    });
  });
}

test('a camera that sees no code gives advice within eight seconds and goes on', { tag: '@all' }, async ({
  server,
}) => {
  const blank = { width: 200, height: 200, data: new Uint8ClampedArray(40_000).fill(120) };
  await withCamera(toJpeg(blank), DESK, async (page) => {
    await page.goto(`${server.origins.app}/en/onboarding/document`);
    await page.getByRole('button', { name: texts.camera }).click();
    const status = page.getByRole('status').first();
    await expect(status).toHaveText(texts.aim);
    await expect(status).toHaveText(texts.problems.slow, { timeout: 8_000 });
    await page.getByRole('button', { name: texts.stop }).click();
    await expect(page.getByRole('button', { name: texts.camera })).toBeVisible();
    await page.getByRole('link', { name: texts.byHand }).click();
    await expect(page.locator('[name=firstName]')).toBeVisible();
  });
});

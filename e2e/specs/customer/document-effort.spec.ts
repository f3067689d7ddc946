import type { Page } from '@playwright/test';
import { draw, encodeJpeg, type Picture } from '../../scan/degrade.ts';
import { buildCurpText, buildLicenceText } from '../../scan/document-texts.ts';
import type { Person } from '../../scan/people.ts';
import { writePdf417, writeQrCode } from '../../scan/write-codes.ts';
import { expect, test } from '../../support/document-server.ts';
import { startCase } from '../../support/pages/agent.ts';
import { countInputs } from '../../support/pages/input-counts.ts';
import { JourneyPage, messages } from '../../support/pages/journey-page.ts';

// What a document saves: keys of the vendor's example person, and an agent's typing at the console.

const PERSON: Person = {
  firstName: 'Maria',
  middleName: '',
  lastName: 'Garcia',
  lastName2: '',
  sex: 'M',
  dob: '1987-06-24',
  birthState: ['DF', 'MX-CMX'],
  street: '1123 MAPLE AVE',
};
const texts = messages.en.document;
const { identity, address, payment } = messages.en.steps;
const curpPicture = draw(writeQrCode(buildCurpText(PERSON, false), true), 6, 5);
const licencePicture = draw(writePdf417(buildLicenceText(PERSON)), 3, 6);

const choosePicture = (page: Page, picture: Picture) =>
  page
    .getByLabel(texts.picture)
    .setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: encodeJpeg(picture, 80) });

async function type(page: Page, name: string, text: string): Promise<void> {
  const field = page.locator(`[name="${name}"]`);
  await field.click();
  await field.pressSequentially(text);
}

for (const { document, picture, phone, country, maxKeys } of [
  { document: 'a CURP code', picture: curpPicture, phone: '5512340301', country: 'MX', maxKeys: 58 },
  { document: 'a licence', picture: licencePicture, phone: '2135550133', country: 'US', maxKeys: 45 },
]) {
  test(`a wallet journey with ${document} takes at most ${maxKeys} keys`, { tag: '@all' }, async ({
    page,
    context,
    server,
  }) => {
    const getCounts = await countInputs(context);
    const journey = new JourneyPage(page);
    await page.goto(`${server.origins.app}/en/onboarding/identity`);
    await page.getByRole('button', { name: texts.offer }).click();
    await journey.expectTitle(texts.title);
    await choosePicture(page, picture);
    await journey.expectTitle(identity.title);
    await page.locator('[name=phoneCountry]').selectOption(country);
    await type(page, 'phoneNumber', phone);
    await journey.openOptionalFields();
    await type(page, 'email', `xxxxxxxx${phone}@leapfinancial.com`.slice(-35));
    await journey.continue();
    await journey.expectTitle(address.title);
    if (country === 'MX') {
      await page.getByLabel(address.search).first().click();
      await page.getByRole('combobox', { name: address.search }).pressSequentially('Calle Dos 296');
      await page.getByRole('listbox').getByRole('option').first().click();
      await expect(page.locator('[name=placeDetail]')).toHaveValue(/^\{/);
    }
    await journey.continue();
    await journey.expectTitle(payment.title);
    await journey.choosePayment('DigitalWallet');
    await journey.continue();
    await journey.expectTitle(messages.en.review.title);
    const { keys, taps } = getCounts();
    console.log(`${document}: ${keys} keys of ${maxKeys}, ${taps} taps`);
    expect(keys).toBeLessThanOrEqual(maxKeys);
  });
}

test('an agent scans the customer’s document, and sees which answers came from it', { tag: '@all' }, async ({
  page,
  server,
}) => {
  const journey = new JourneyPage(page);
  await page.goto(`${server.origins.app}/en/assist`);
  await page.getByRole('button', { name: messages.en.assist.signIn.action }).click();
  await page.locator('a[href$="as=ana"]').click();
  await startCase(page, '5512340401');
  await page.getByRole('button', { name: texts.offer }).click();
  await journey.expectTitle(texts.title);
  await choosePicture(page, curpPicture);
  await expect(page.locator('[name=firstName]')).toHaveValue('MARIA');
  await expect(page.getByText(messages.en.assist.sources.document).first()).toBeVisible();
  await page.locator('[name=firstName]').fill('Marta');
  const marks = page.getByText(messages.en.assist.sources.document);
  const before = await marks.count();
  await journey.switchLanguage();
  await expect(page.getByText(messages.es.assist.sources.document)).toHaveCount(before - 1);
});

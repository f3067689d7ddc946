import type { Locator } from '@playwright/test';
import { createPhone, expect, test } from '../../support/fixtures.ts';
import { raas } from '../../support/stand-in-controls.ts';

for (const [lang, pastedText] of [
  ['es', '24 de junio de 1987'],
  ['en', 'June 24, 1987'],
  ['en', '24/06/1987'],
] as const) {
  test(`${lang}: “${pastedText}” pasted into one box fills all three`, { tag: lang === 'es' ? [] : '@all' }, async ({
    page,
    journey,
    context,
  }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await journey.start(lang);
    await page.evaluate((text) => navigator.clipboard.writeText(text), pastedText);
    await page.locator('[name="dob.day"]').focus();
    await page.keyboard.press('Control+V');
    for (const [partName, value] of Object.entries({ day: /^24$/, month: /^0?6$/, year: /^1987$/ })) {
      await expect(page.locator(`[name="dob.${partName}"]`)).toHaveValue(value);
    }
  });
}

test('a month may be a word, and comes back as it was typed', { tag: '@all' }, async ({ page, journey }) => {
  await journey.start('es');
  await journey.fillIdentity({ firstName: 'Ana', lastName: 'Ruiz', birth: ['1', 'ago', '1990'], phone: createPhone() });
  await journey.continue();
  await journey.expectTitle(journey.messages.steps.address.title);
  await page.goBack();
  await expect(page.locator('[name="dob.month"]')).toHaveValue('ago');
});

/** Expects an offer below its field, apart from it and with an edge of its own. */
async function expectApart(field: Locator, offer: Locator): Promise<void> {
  await expect(offer).toHaveCSS('border-top-width', '1px');
  const [box, below] = [await field.boundingBox(), await offer.boundingBox()];
  expect((below?.y ?? 0) - (box?.y ?? 0) - (box?.height ?? 0)).toBeGreaterThanOrEqual(6);
}

test('two surnames in one box are offered apart, an address with a slip is offered right, and both go out', {
  tag: '@all',
}, async ({ page, journey }) => {
  const { partSurnames, emailCorrect } = journey.messages.steps.identity;
  const phone = createPhone();
  await journey.start('en');
  await journey.fillIdentity({
    firstName: 'María José',
    lastName: 'Hernández Núñez',
    birth: ['1', '2', '1990'],
    phone,
    email: 'maria@gmial.com',
  });
  const partName = partSurnames.replace('{first}', 'Hernández').replace('{second}', 'Núñez');
  const getOffer = (name: string) => page.getByRole('status').filter({ has: page.getByRole('button', { name }) });
  await expectApart(page.locator('[name=lastName]'), getOffer(partName));
  await page.getByRole('button', { name: partName }).click();
  await expect(page.locator('[name=lastName]')).toHaveValue('Hernández');
  await expect(page.locator('[name=lastName2]')).toHaveValue('Núñez');
  await page.locator('[name=email]').focus();
  await page.locator('[name=phoneNumber]').focus();
  await expectApart(page.locator('[name=email]'), getOffer(emailCorrect));
  await page.getByRole('button', { name: emailCorrect }).click();
  await expect(page.locator('[name=email]')).toHaveValue('maria@gmail.com');
  await journey.continue();
  await journey.expectTitle(journey.messages.steps.address.title);
  await journey.fillAddress();
  await journey.finishWithWallet();
  const [call] = await raas.getSubmitRequests(phone);
  expect(JSON.parse(call?.body ?? '{}')).toMatchObject({
    firstName: 'María José',
    lastName: 'Hernández',
    lastName2: 'Núñez',
    email: 'maria@gmail.com',
  });
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('a whole date in the first box is taken, and offers that need script cost nothing', async ({
    page,
    journey,
  }) => {
    await journey.start('en');
    await journey.fillIdentity({
      firstName: 'Ana',
      lastName: 'de la O',
      birth: ['24 jun 1987', '', ''],
      phone: createPhone(),
      email: 'ana@gmial.com',
    });
    await journey.continue();
    await journey.expectTitle(journey.messages.steps.address.title);
    await page.goto('/en/onboarding/identity');
    await expect(page.locator('[name="dob.day"]')).toHaveValue('24 jun 1987');
    await expect(page.locator('[name=lastName]')).toHaveValue('de la O');
  });
});

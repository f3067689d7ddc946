import { createPhone, expect, test } from '../../support/fixtures.ts';

test('a deep link past the first open step goes back to it', async ({ page, journey }) => {
  for (const step of ['address', 'payment', 'card', 'review', 'outcome']) {
    await page.goto(`/en/onboarding/${step}`);
    await expect(page).toHaveURL(/\/en\/onboarding\/identity$/);
  }
  await journey.fillIdentity({ firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'], phone: createPhone() });
  await journey.continue();
  await journey.expectTitle(journey.messages.steps.address.title);
  await page.goto('/en/onboarding/review');
  await expect(page).toHaveURL(/\/en\/onboarding\/address$/);
});

test('Back, reload, the other language and a closed tab lose nothing that was continued', async ({
  page,
  journey,
  context,
}) => {
  const phone = createPhone();
  await journey.start('en');
  await journey.fillIdentity({
    firstName: 'Zoë',
    lastName: 'Ruiz',
    lastName2: 'Peña',
    birth: ['01', '2', '1990'],
    phone,
    email: 'Zoe@x.mx',
  });
  await journey.continue();
  await journey.expectTitle(journey.messages.steps.address.title);
  await journey.fillAddress();
  await journey.continue();
  await journey.expectTitle(journey.messages.steps.payment.title);

  await page.goBack();
  await expect(page.locator('[name=address1]')).toHaveValue('Calle Dos 10');
  await page.goBack();
  await expect(page.locator('[name=firstName]')).toHaveValue('Zoë');
  await page.reload();
  await expect(page.locator('[name="dob.day"]')).toHaveValue('01');
  await expect(page.locator('[name=email]')).toHaveValue('Zoe@x.mx');
  await journey.switchLanguage();
  await journey.expectTitle(journey.messages.steps.identity.title);
  await expect(page.locator('[name=lastName2]')).toHaveValue('Peña');

  await page.close();
  const laterPage = await context.newPage();
  await laterPage.goto('/es');
  await laterPage.getByRole('link', { name: journey.messages.form.continue }).click();
  await expect(laterPage.getByRole('heading', { level: 1 })).toHaveText(journey.messages.steps.payment.title);
});

test('a change from the check page goes straight back to it', { tag: '@all' }, async ({ page, journey }) => {
  await journey.start('en');
  await journey.goToReviewWithWallet(createPhone());
  await page.getByRole('link', { name: /Change About you/ }).click();
  await page.locator('[name=firstName]').fill('Beatriz');
  await journey.continue();
  await journey.expectTitle(journey.messages.review.title);
  await expect(page.getByText('Beatriz Ruiz')).toBeVisible();
});

test('two tabs that fill different steps both count', { tag: '@all' }, async ({ page, journey, context }) => {
  await journey.start('en');
  await journey.goToReviewWithWallet(createPhone());
  const otherPage = await context.newPage();
  await otherPage.goto('/en/onboarding/address');
  await page.goto('/en/onboarding/identity');
  await page.locator('[name=firstName]').fill('Carla');
  await otherPage.locator('[name=address1]').fill('Calle Tres 11');
  await Promise.all([
    page.getByRole('button', { name: 'Continue' }).click(),
    otherPage.getByRole('button', { name: 'Continue' }).click(),
  ]);
  await journey.expectTitle(journey.messages.review.title);
  await expect(otherPage.getByRole('heading', { level: 1 })).toHaveText(journey.messages.review.title);
  await page.reload();
  await expect(page.getByText('Carla Ruiz')).toBeVisible();
  await expect(page.getByText(/Calle Tres 11/)).toBeVisible();
});

test('the draft’s cookie is opaque and cannot be read by script, and visitors get none', async ({
  page,
  journey,
  context,
}) => {
  await journey.start('en');
  expect(await context.cookies()).toEqual([]);
  await journey.fillIdentity({ firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'], phone: createPhone() });
  await journey.continue();
  await journey.expectTitle(journey.messages.steps.address.title);
  const cookies = await context.cookies();
  expect(cookies).toEqual([
    expect.objectContaining({ name: '__Host-draft', httpOnly: true, secure: true, sameSite: 'Lax', path: '/' }),
  ]);
  expect(cookies[0]?.value).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(await page.evaluate(() => [document.cookie, localStorage.length, sessionStorage.length])).toEqual(['', 0, 0]);
});

test.describe('an address that nothing answers', () => {
  test.use({ expectConsole: [/404/] });

  for (const path of ['/es/nada/de/esto', '/es/onboarding/nada']) {
    test(`${path} says so in the page’s language`, async ({ page }) => {
      const response = await page.goto(path);
      expect(response?.status()).toBe(404);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Esta página no existe');
    });
  }
});

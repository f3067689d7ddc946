import { createPhone, expect, test } from '../../support/fixtures.ts';
import { raas } from '../../support/stand-in-controls.ts';

const LINK_PATTERN = /^http:\/\/127\.0\.0\.1:\d+\/[A-Za-z0-9]{5}$/;

test('a slow answer: still working after four seconds, then the link by itself', { tag: '@all' }, async ({
  page,
  journey,
}) => {
  const phone = createPhone();
  await journey.start('en');
  await journey.goToReviewWithWallet(phone);
  await raas.setNextAnswer(phone, { delayMs: 7_000 });
  const start = Date.now();
  await journey.submit();
  await journey.expectTitle(journey.messages.outcome.sending.title);
  const shownMs = Date.now() - start;
  expect(shownMs).toBeGreaterThanOrEqual(3_900);
  expect(shownMs).toBeLessThan(7_000);
  await expect(page).toHaveURL(LINK_PATTERN);
  expect(await raas.getSubmitRequests(phone)).toHaveLength(1);
});

test('an answer that does not come: the safe page, which survives a reload and tells the reference', {
  tag: '@all',
}, async ({ page, journey }) => {
  const phone = createPhone();
  await journey.start('es');
  await journey.goToReviewWithWallet(phone);
  await raas.setNextAnswer(phone, { fault: 'headers stall' });
  await journey.submit();
  await journey.expectTitle(journey.messages.outcome.sending.title);
  await journey.expectTitle(journey.messages.outcome.checking.title);
  await page.reload();
  await journey.expectTitle(journey.messages.outcome.checking.title);
  const reference = page.locator('strong', { hasText: /^[0-9A-F]{8}$/ });
  await expect(reference).toBeVisible();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await page.getByRole('button', { name: journey.messages.outcome.copy }).click();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await reference.textContent());
  // The start page too: a customer who comes back must not begin again.
  for (const path of ['/es', '/es/onboarding/review', '/es/onboarding/identity']) {
    await page.goto(path);
    await journey.expectTitle(journey.messages.outcome.checking.title);
  }
  expect(await raas.getSubmitRequests(phone)).toHaveLength(1);
});

test('Back from the result does not bring the last button back', { tag: '@all' }, async ({ page, journey }) => {
  const phone = createPhone();
  await journey.start('en');
  await journey.goToReviewWithWallet(phone);
  await raas.setNextAnswer(phone, { reset: true });
  await journey.submit();
  await journey.expectTitle(journey.messages.outcome.checking.title);
  await page.goBack();
  await journey.expectTitle(journey.messages.outcome.checking.title);
  await expect(page.getByRole('button', { name: journey.messages.review.submit })).toHaveCount(0);
  expect(await raas.getSubmitRequests(phone)).toHaveLength(1);
});

test.describe('on a bad network', () => {
  test.use({ expectConsole: [/Failed to load resource/] });

  test('the waiting page stays, and goes on when the network is back', { tag: '@all' }, async ({ page, journey }) => {
    const phone = createPhone();
    await journey.start('en');
    await journey.goToReviewWithWallet(phone);
    await raas.setNextAnswer(phone, { delayMs: 7_000 });
    await journey.submit();
    await journey.expectTitle(journey.messages.outcome.sending.title);
    let lostCount = 0;
    await page.route('**/outcome/view', (route) => {
      lostCount += 1;
      return route.abort();
    });
    await expect.poll(() => lostCount).toBeGreaterThan(1);
    await journey.expectTitle(journey.messages.outcome.sending.title);
    await page.unroute('**/outcome/view');
    await expect(page).toHaveURL(LINK_PATTERN);
  });
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('the waiting page looks again by itself, and the link is one button away', { tag: '@all' }, async ({
    page,
    journey,
  }) => {
    const phone = createPhone();
    await journey.start('en');
    await journey.goToReviewWithWallet(phone);
    await raas.setNextAnswer(phone, { delayMs: 7_000 });
    await journey.submit();
    await journey.expectTitle(journey.messages.outcome.sending.title);
    await journey.expectTitle(journey.messages.outcome.succeeded.title);
    await page.getByRole('button', { name: journey.messages.outcome.succeeded.action }).click();
    await expect(page).toHaveURL(LINK_PATTERN);
    expect(await raas.getSubmitRequests(phone)).toHaveLength(1);
  });
});

test.describe('a page that is older than the server', () => {
  // The browser itself notes an answer of 409 or 404.
  test.use({ expectConsole: [/Failed to load resource/] });

  for (const step of ['identity', 'review'] as const) {
    test(`goes on from ${step} with all that was typed`, { tag: step === 'review' ? [] : '@all' }, async ({
      page,
      journey,
    }) => {
      const phone = createPhone();
      await journey.start('en');
      if (step === 'review') await journey.goToReviewWithWallet(phone);
      else await journey.fillIdentity({ firstName: 'Zoë', lastName: 'Peña', birth: ['1', '2', '1990'], phone });
      await journey.waitForHydration();
      let refusedCount = 0;
      await page.route('**/onboarding/**', async (route) => {
        const headers = await route.request().allHeaders();
        if (!headers['next-action']) return route.fallback();
        refusedCount += 1;
        // An action that this server does not know, as after a release.
        return route.continue({
          headers: { ...headers, 'next-action': headers['next-action'].replaceAll(/[0-7]/g, '8') },
        });
      });
      if (step === 'review') {
        await journey.submit();
        await expect(page).toHaveURL(LINK_PATTERN);
        expect(await raas.getSubmitRequests(phone)).toHaveLength(1);
      } else {
        await journey.continue();
        await journey.expectTitle(journey.messages.steps.address.title);
        await page.goto('/en/onboarding/identity');
        await expect(page.locator('[name=firstName]')).toHaveValue('Zoë');
        await expect(page.locator('[name=lastName]')).toHaveValue('Peña');
      }
      expect(refusedCount).toBe(1);
    });
  }
});

test('a server that is fine says so, and nothing else', async ({ request }) => {
  for (const [path, text] of [
    ['/healthz', 'ok'],
    ['/readyz', 'ready'],
  ] as const) {
    const response = await request.get(path);
    expect([response.status(), await response.text()]).toEqual([200, text]);
    expect(response.headers()['cache-control']).toBe('no-store');
  }
});

import { expect, freshPhone, test } from '../../support/fixtures.ts';
import { raas } from '../../support/sandbox-control.ts';

const LINK = /^http:\/\/127\.0\.0\.1:\d+\/[A-Za-z0-9]{5}$/;

test('a slow answer: still working after four seconds, then the link by itself', async ({ page, journey }) => {
  const phone = freshPhone();
  await journey.start('en');
  await journey.walletToReview(phone);
  await raas.next(phone, { delayMs: 7_000 });
  const start = Date.now();
  await journey.submit();
  await journey.expectTitle(journey.words.outcome.sending.title);
  const shown = Date.now() - start;
  expect(shown).toBeGreaterThanOrEqual(3_900);
  expect(shown).toBeLessThan(7_000);
  await expect(page).toHaveURL(LINK);
  expect(await raas.received(phone)).toHaveLength(1);
});

test('an answer that does not come: the safe page, which survives a reload and tells the reference', async ({
  page,
  journey,
}) => {
  const phone = freshPhone();
  await journey.start('es');
  await journey.walletToReview(phone);
  await raas.next(phone, { fault: 'headers stall' });
  await journey.submit();
  await journey.expectTitle(journey.words.outcome.sending.title);
  await journey.expectTitle(journey.words.outcome.checking.title);
  await page.reload();
  await journey.expectTitle(journey.words.outcome.checking.title);
  await expect(page.getByText(/referencia: [0-9A-F]{8}/)).toBeVisible();
  for (const place of ['review', 'identity']) {
    await page.goto(`/es/onboarding/${place}`);
    await journey.expectTitle(journey.words.outcome.checking.title);
  }
  expect(await raas.received(phone)).toHaveLength(1);
});

test.describe('on a bad network', () => {
  test.use({ expectConsole: [/Failed to load resource/] });

  test('the waiting page stays, and goes on when the network is back', async ({ page, journey }) => {
    const phone = freshPhone();
    await journey.start('en');
    await journey.walletToReview(phone);
    await raas.next(phone, { delayMs: 7_000 });
    await journey.submit();
    await journey.expectTitle(journey.words.outcome.sending.title);
    let lost = 0;
    await page.route('**/outcome/view', (route) => {
      lost += 1;
      return route.abort();
    });
    await expect.poll(() => lost).toBeGreaterThan(1);
    await journey.expectTitle(journey.words.outcome.sending.title);
    await page.unroute('**/outcome/view');
    await expect(page).toHaveURL(LINK);
  });
});

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('the waiting page looks again by itself, and the link is one button away', async ({ page, journey }) => {
    const phone = freshPhone();
    await journey.start('en');
    await journey.walletToReview(phone);
    await raas.next(phone, { delayMs: 7_000 });
    await journey.submit();
    await journey.expectTitle(journey.words.outcome.sending.title);
    await journey.expectTitle(journey.words.outcome.succeeded.title);
    await page.getByRole('button', { name: journey.words.outcome.succeeded.action }).click();
    await expect(page).toHaveURL(LINK);
    expect(await raas.received(phone)).toHaveLength(1);
  });
});

test.describe('a page that is older than the server', () => {
  // The browser itself notes an answer of 409 or 404.
  test.use({ expectConsole: [/Failed to load resource/] });

  for (const place of ['identity', 'review'] as const) {
    test(`goes on from ${place} with all that was typed`, async ({ page, journey }) => {
      const phone = freshPhone();
      await journey.start('en');
      if (place === 'review') await journey.walletToReview(phone);
      else await journey.identity({ firstName: 'Zoë', lastName: 'Peña', birth: ['1', '2', '1990'], phone });
      let refused = 0;
      await page.route('**/onboarding/**', async (route) => {
        const headers = await route.request().allHeaders();
        if (!headers['next-action']) return route.fallback();
        refused += 1;
        // An action that this server does not know, as after a release.
        return route.continue({
          headers: { ...headers, 'next-action': headers['next-action'].replaceAll(/[0-7]/g, '8') },
        });
      });
      if (place === 'review') {
        await journey.submit();
        await expect(page).toHaveURL(LINK);
        expect(await raas.received(phone)).toHaveLength(1);
      } else {
        await journey.continue();
        await journey.expectTitle(journey.words.steps.address.title);
        await page.goto('/en/onboarding/identity');
        await expect(page.locator('[name=firstName]')).toHaveValue('Zoë');
        await expect(page.locator('[name=lastName]')).toHaveValue('Peña');
      }
      expect(refused).toBe(1);
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

import type { BrowserContext, Page } from '@playwright/test';
import { expect, freshPhone, test } from '../../support/fixtures.ts';
import { beginCase, signIn } from '../../support/pages/agent.ts';
import { words } from '../../support/pages/journey-page.ts';
import { raas } from '../../support/sandbox-control.ts';

const w = words.en;

/** From now on, every form that a browser posts by itself names actions that this server does not know, as after a release. */
async function release(context: BrowserContext): Promise<void> {
  await context.route('**/*', async (route) => {
    const request = route.request();
    const body = request.postDataBuffer();
    if (request.method() !== 'POST' || !body || !request.isNavigationRequest()) return route.fallback();
    const old = body
      .toString('latin1')
      .replaceAll(/"id":"([0-9a-f]+)"/g, (_, id: string) => `"id":"${id.replaceAll(/[0-7]/g, '8')}"`)
      .replaceAll(/\$ACTION_ID_([0-9a-f]+)/g, (_, id: string) => `$ACTION_ID_${id.replaceAll(/[0-7]/g, '8')}`);
    return route.continue({ postData: Buffer.from(old, 'latin1') });
  });
}

async function expectUpdated(page: Page, typed: Record<string, string>): Promise<void> {
  await expect(page.getByText(w.form.updated)).toBeVisible();
  for (const [name, text] of Object.entries(typed)) await expect(page.locator(`[name="${name}"]`)).toHaveValue(text);
}

test.describe('a release between a page and its post, without script', () => {
  // The browser itself notes an answer of 409.
  test.use({ javaScriptEnabled: false, expectConsole: [/409/] });

  test('keeps what was typed on every step, and the journey goes on to its end', async ({ page, journey, context }) => {
    const phone = freshPhone();
    await journey.start('en');
    await release(context);
    await journey.identity({ firstName: 'Zoë', lastName: 'Peña', birth: ['1', '2', '1990'], phone });
    await journey.continue();
    await expectUpdated(page, { firstName: 'Zoë', lastName: 'Peña', 'dob.month': '2', phoneNumber: phone });
    await context.unroute('**/*');
    await journey.continue();
    await journey.expectTitle(w.steps.address.title);

    await release(context);
    await journey.typeAddress();
    await journey.continue();
    await expectUpdated(page, { address1: 'Calle Dos 10', zipCode: '03800' });
    await context.unroute('**/*');
    await journey.continue();
    await journey.expectTitle(w.steps.payment.title);

    await release(context);
    await journey.choosePayment('DigitalWallet');
    await journey.continue();
    await expect(page.getByText(w.form.updated)).toBeVisible();
    await expect(page.locator('input[value=DigitalWallet]')).toBeChecked();
    await context.unroute('**/*');
    await journey.continue();
    await journey.expectTitle(w.review.title);

    await release(context);
    await journey.submit();
    await journey.expectTitle(w.updated.title);
    expect(await raas.received(phone)).toEqual([]);
    await context.unroute('**/*');
    await page.getByRole('link', { name: w.updated.again }).click();
    await journey.expectTitle(w.review.title);
    await journey.submit();
    await journey.expectLink();
    expect(await raas.received(phone)).toHaveLength(1);
  });

  test('is told in the language of the page, for codes and help too', async ({ page, journey, context }) => {
    await release(context);
    for (const path of ['/es/continue', '/es/continue/help']) {
      await page.goto(path);
      await page.locator('main form button[type=submit]').first().click();
      await journey.expectTitle(words.es.updated.title);
      await page.getByRole('link', { name: words.es.updated.again }).click();
      await expect(page).toHaveURL(new RegExp(`${path}$`));
    }
  });

  test('keeps what an agent has typed', async ({ page, journey, context }) => {
    await signIn(page, 'ana');
    await beginCase(page, freshPhone());
    await journey.expectTitle(w.steps.identity.title);
    await release(context);
    await page.locator('[name=firstName]').fill('Zoë');
    await page.locator('[name=lastName]').fill('Peña');
    await journey.continue();
    await expectUpdated(page, { firstName: 'Zoë', lastName: 'Peña' });
    await page.goto('/en/assist');
    await beginCase(page, freshPhone());
    await journey.expectTitle(w.updated.title);
  });
});

import type { BrowserContext, Page } from '@playwright/test';
import { createPhone, expect, test } from '../../support/fixtures.ts';
import { agentMessages, openCustomer, signIn, startCase } from '../../support/pages/agent.ts';
import { FORM_WALKS, runFormWalk } from '../../support/pages/form-pages.ts';
import { JourneyPage, messages } from '../../support/pages/journey-page.ts';
import { getSameOriginHeaders, listServerActions } from '../../support/pages/server-actions.ts';
import { raas } from '../../support/stand-in-controls.ts';

const w = messages.en;

/** From now on, every form that a browser posts by itself names actions that this server does not know, as after a release. */
async function simulateRelease(context: BrowserContext): Promise<void> {
  await context.route('**/*', async (route) => {
    const request = route.request();
    const body = request.postDataBuffer();
    if (request.method() !== 'POST' || !body || !request.isNavigationRequest()) return route.fallback();
    const oldActionId = body
      .toString('latin1')
      .replaceAll(/"id":"([0-9a-f]+)"/g, (_, id: string) => `"id":"${id.replaceAll(/[0-7]/g, '8')}"`)
      .replaceAll(/\$ACTION_ID_([0-9a-f]+)/g, (_, id: string) => `$ACTION_ID_${id.replaceAll(/[0-7]/g, '8')}`);
    return route.continue({ postData: Buffer.from(oldActionId, 'latin1') });
  });
}

/** From now on, the page's scripts name actions that this server does not know. */
const refuseActions = (page: Page) =>
  page.route('**/*', async (route) => {
    const headers = await route.request().allHeaders();
    const action = headers['next-action'];
    if (!action) return route.fallback();
    return route.continue({ headers: { ...headers, 'next-action': action.replaceAll(/[0-7]/g, '8') } });
  });

async function expectUpdated(page: Page, values: Record<string, string>): Promise<void> {
  await expect(page.getByText(w.form.updated)).toBeVisible();
  for (const [name, text] of Object.entries(values)) await expect(page.locator(`[name="${name}"]`)).toHaveValue(text);
}

test.describe('a release between a page and its post, without script', () => {
  // The browser itself notes an answer of 409.
  test.use({ javaScriptEnabled: false, expectConsole: [/409/] });

  test('keeps what was typed on every step, and the journey goes on to its end', async ({ page, journey, context }) => {
    const phone = createPhone();
    await journey.start('en');
    await simulateRelease(context);
    await journey.fillIdentity({ firstName: 'Zoë', lastName: 'Peña', birth: ['1', '2', '1990'], phone });
    await journey.continue();
    await expectUpdated(page, { firstName: 'Zoë', lastName: 'Peña', 'dob.month': '2', phoneNumber: phone });
    await context.unroute('**/*');
    await journey.continue();
    await journey.expectTitle(w.steps.address.title);

    await simulateRelease(context);
    await journey.fillAddress();
    await journey.continue();
    await expectUpdated(page, { address1: 'Calle Dos 10', zipCode: '03800' });
    await context.unroute('**/*');
    await journey.continue();
    await journey.expectTitle(w.steps.payment.title);

    await simulateRelease(context);
    await journey.choosePayment('DigitalWallet');
    await journey.continue();
    await expect(page.getByText(w.form.updated)).toBeVisible();
    await expect(page.locator('input[value=DigitalWallet]')).toBeChecked();
    await context.unroute('**/*');
    await journey.continue();
    await journey.expectTitle(w.review.title);

    await simulateRelease(context);
    await journey.submit();
    await journey.expectTitle(w.updated.title);
    expect(await raas.getSubmitRequests(phone)).toEqual([]);
    await context.unroute('**/*');
    await page.getByRole('link', { name: w.updated.again }).click();
    await journey.expectTitle(w.review.title);
    await journey.submit();
    await journey.expectLink();
    expect(await raas.getSubmitRequests(phone)).toHaveLength(1);
  });

  test('is told in the language of the page', { tag: '@all' }, async ({ page, journey, context }) => {
    await simulateRelease(context);
    await page.goto('/es/continue');
    await page.locator('main form button[type=submit]').click();
    await journey.expectTitle(messages.es.updated.title);
    await page.getByRole('link', { name: messages.es.updated.again }).click();
    await expect(page).toHaveURL(/\/es\/continue$/);
  });

  for (const walk of FORM_WALKS) {
    test(`keeps the texts of every form of ${walk}, or opens its page again`, { tag: '@all' }, async ({ browser }) => {
      await runFormWalk(walk, browser, async ({ page, fill, press, kind, keeps = {} }) => {
        if (kind === 'route') return;
        const [url, context] = [page.url(), page.context()];
        await simulateRelease(context);
        await fill?.(page);
        await press(page);
        if (kind === 'step') {
          await expectUpdated(page, keeps);
        } else if (kind === 'list') {
          await expect(page, url).toHaveURL(/\/assist\/cases\/[0-9a-f-]+\//);
        } else {
          await expect(page.getByRole('heading', { level: 1 }), url).toHaveText(w.updated.title);
          await page.getByRole('link', { name: w.updated.again }).click();
          await expect(page).toHaveURL(url);
        }
        await context.unroute('**/*');
        await page.goto(url);
      });
    });
  }

  test('reaches a decision about a submission that needs review', { tag: '@all' }, async ({ request }) => {
    const oldId = listServerActions().get('resolveParked')?.replaceAll(/[0-7]/g, '8');
    const multipart = { [`$ACTION_ID_${oldId}`]: '', decision: 'again' };
    const headers = { ...getSameOriginHeaders(), 'sec-fetch-dest': 'document', 'sec-fetch-mode': 'navigate' };
    const answer = await request.post('/en/assist/parked', { multipart, headers, maxRedirects: 0 });
    expect(answer.status()).toBe(409);
    expect(await answer.text()).toContain(w.updated.title);
  });

  test('keeps what an agent has typed', { tag: '@all' }, async ({ page, journey, context }) => {
    await signIn(page, 'ana');
    await startCase(page, createPhone());
    await journey.expectTitle(agentMessages.en.steps.identity.title);
    await simulateRelease(context);
    await page.locator('[name=firstName]').fill('Zoë');
    await page.locator('[name=lastName]').fill('Peña');
    await journey.continue();
    await expectUpdated(page, { firstName: 'Zoë', lastName: 'Peña' });
    await page.goto('/en/assist');
    await startCase(page, createPhone());
    await journey.expectTitle(agentMessages.en.steps.identity.title);
    await page.goto('/en/assist');
    await openCustomer(page, 'Nobody At All');
    await expect(page.getByText(w.errors.customer.none)).toBeVisible();
    const field = page.getByLabel(w.assist.handle);
    await expect(field).toHaveValue('Nobody At All');
    await field.fill(createPhone());
    await page.getByRole('button', { name: w.assist.openCase }).click();
    await journey.expectTitle(agentMessages.en.steps.identity.title);
  });
});

test.describe('a release between a page and its post, with script', () => {
  for (const walk of FORM_WALKS) {
    test(`offers the new page at every button of ${walk}`, { tag: '@all' }, async ({ browser, baseURL }) => {
      await runFormWalk(walk, browser, async (stop) => {
        // slow-upstream.spec.ts has the forms that post themselves again.
        if (stop.kind !== 'action' || stop.page.url().endsWith('/onboarding/review')) return;
        const url = stop.page.url();
        const storageState = await stop.page.context().storageState();
        const context = await browser.newContext({ storageState, baseURL: baseURL ?? '', locale: 'en-US' });
        const page = await context.newPage();
        await page.goto(url);
        await new JourneyPage(page).waitForHydration();
        await stop.fill?.(page);
        await refuseActions(page);
        await stop.press(page);
        const title = page.getByRole('heading', { level: 1 });
        await expect(title, url).toHaveText(w.updated.title);
        await page.unroute('**/*');
        await page.getByRole('button', { name: w.updated.again }).click();
        await expect(title, url).not.toHaveText(w.updated.title);
        await context.close();
      });
    });
  }
});

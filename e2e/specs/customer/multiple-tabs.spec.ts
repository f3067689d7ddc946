import type { BrowserContext, Page } from '@playwright/test';
import { createPhone, expect, test } from '../../support/fixtures.ts';
import {
  acceptHandOver,
  agentMessages,
  getConfirmationCode,
  getShortCode,
  handOverCase,
  openCustomer,
  openCustomerPhone,
  signIn,
  startCase,
} from '../../support/pages/agent.ts';
import { JourneyPage, messages } from '../../support/pages/journey-page.ts';
import { raas } from '../../support/stand-in-controls.ts';

const w = messages.en;
const ANA = { firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'] as [string, string, string] };
const BEA = { firstName: 'Bea', lastName: 'Luna', birth: ['3', '4', '1980'] as [string, string, string] };

/** A second tab of the same browser. */
async function openTab(context: BrowserContext, path: string): Promise<JourneyPage> {
  const tab = new JourneyPage(await context.newPage());
  await tab.page.goto(path);
  return tab;
}

async function startOver({ page }: JourneyPage): Promise<void> {
  await page.goto('/en');
  await page.getByText(w.startOver.open).click();
  await page.getByRole('button', { name: w.startOver.action }).click();
  await expect(page.getByRole('link', { name: w.start.begin })).toBeVisible();
}

/** Brings a tab to one page of the first person's journey, and fills in what it asks. */
const formPlaces: Record<string, (tab: JourneyPage, phone: string) => Promise<void>> = {
  identity: async (tab, phone) => {
    await tab.goToAddress(phone);
    await tab.page.goto('/en/onboarding/identity');
    await tab.page.locator('[name=firstName]').fill('Anabel');
  },
  address: async (tab, phone) => {
    await tab.goToAddress(phone);
    await tab.fillAddress();
  },
  payment: async (tab, phone) => {
    await tab.goToPayment(phone);
    await tab.choosePayment('DigitalWallet');
  },
  review: async (tab, phone) => tab.goToReviewWithWallet(phone),
};

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled });
    const details = { tag: javaScriptEnabled ? [] : '@all' };

    for (const [formPlace, fill] of Object.entries(formPlaces)) {
      for (const hasNextPerson of [true, false]) {
        const moment = hasNextPerson ? 'the next person has begun' : 'the device was let go of';
        const isCore = formPlace === 'identity' && hasNextPerson && javaScriptEnabled;
        const details = { tag: isCore ? [] : '@all' };
        test(
          `the form of ${formPlace} that is posted after ${moment} is filed nowhere`,
          details,
          async ({ journey, context }) => {
            const [first, second] = [createPhone(), createPhone()];
            await journey.start('en');
            await fill(journey, first);

            const otherTab = await openTab(context, '/en');
            await startOver(otherTab);
            await otherTab.page.goto('/en/onboarding/identity');
            if (hasNextPerson) {
              await otherTab.fillIdentity({ ...BEA, phone: second });
              await otherTab.continue();
              await otherTab.expectTitle(w.steps.address.title);
            }

            await journey.press(formPlace === 'review' ? w.review.submit : w.form.continue);
            // After "Start over" the browser sends no cookie, as a browser that stores none.
            await expect(journey.page.getByText(hasNextPerson ? w.start.another : w.form.lost)).toBeVisible();

            if (!hasNextPerson) {
              await otherTab.fillIdentity({ ...BEA, phone: second });
              await otherTab.continue();
            }
            // The second person is asked for everything, and only their own answers arrive.
            await otherTab.expectTitle(w.steps.address.title);
            await expect(otherTab.page.locator('[name=address1]')).toHaveValue('');
            await otherTab.fillAddress();
            await otherTab.page.locator('[name=address1]').fill('Calle Nueve 9');
            await otherTab.finishWithWallet();
            const [call] = await raas.getSubmitRequests(second);
            expect(JSON.parse(call?.body ?? '')).toMatchObject({ firstName: 'Bea', address1: 'Calle Nueve 9' });
            expect(await raas.getSubmitRequests(first)).toEqual([]);
          },
        );
      }
    }

    test('a blank form of another person than the application’s begins one of its own, after a notice', {
      tag: '@all',
    }, async ({ journey, context }) => {
      const [first, second] = [createPhone(), createPhone()];
      await journey.start('en');
      const otherTab = await openTab(context, '/en/onboarding/identity');
      await otherTab.fillIdentity({ ...BEA, phone: second });
      await otherTab.continue();
      await otherTab.expectTitle(w.steps.address.title);

      await journey.fillIdentity({ ...ANA, phone: first });
      await journey.continue();
      await expect(journey.page.getByText(w.form.begun)).toBeVisible();
      await expect(journey.page.locator('[name=firstName]')).toHaveValue('Ana');
      await otherTab.fillAddress();
      await otherTab.continue();
      await otherTab.expectTitle(w.steps.payment.title);

      await journey.continue();
      await journey.expectTitle(w.steps.address.title);
      await expect(journey.page.locator('[name=address1]')).toHaveValue('');
      await otherTab.choosePayment('DigitalWallet');
      await otherTab.continue();
      await expect(otherTab.page.getByText(w.start.another)).toBeVisible();
    });

    test('a blank form of the application’s own person is shown again before it replaces an answer', {
      tag: '@all',
    }, async ({ journey, context }) => {
      const phone = createPhone();
      await journey.start('en');
      const otherTab = await openTab(context, '/en/onboarding/identity');
      await otherTab.fillIdentity({ ...BEA, phone });
      await otherTab.continue();
      await otherTab.expectTitle(w.steps.address.title);

      await journey.fillIdentity({ ...ANA, phone });
      await journey.continue();
      await expect(journey.page.getByText(w.form.changed)).toBeVisible();
      await expect(journey.page.locator('[name=firstName]')).toHaveValue('Ana');
      await journey.continue();
      await journey.expectTitle(w.steps.address.title);
      await otherTab.page.goto('/en/onboarding/identity');
      await expect(otherTab.page.locator('[name=firstName]')).toHaveValue('Ana');
    });

    test('the way back from a page that was only looked at leaves what another tab has saved', { tag: '@all' }, async ({
      journey,
      context,
    }) => {
      await journey.start('en');
      await journey.goToPayment(createPhone());
      await journey.page.goto('/en/onboarding/address');
      const otherTab = await openTab(context, '/en/onboarding/address');
      await otherTab.page.locator('[name=address1]').fill('Calle Tres 3');
      await otherTab.continue();
      await otherTab.expectTitle(w.steps.payment.title);

      await journey.page.getByRole('link', { name: w.form.back }).click();
      await journey.expectTitle(w.steps.identity.title);
      await journey.page.goto('/en/onboarding/address');
      await expect(journey.page.locator('[name=address1]')).toHaveValue('Calle Tres 3');
    });

    test('an answer that another tab has changed is not overwritten unseen, and the other steps are not held up', {
      tag: '@all',
    }, async ({ journey, context }) => {
      await journey.start('en');
      await journey.goToPayment(createPhone());
      const otherTab = await openTab(context, '/en/onboarding/address');
      await journey.page.goto('/en/onboarding/address');
      await otherTab.page.locator('[name=address1]').fill('Calle Tres 3');
      await otherTab.continue();
      await otherTab.expectTitle(w.steps.payment.title);

      await journey.page.locator('[name=address1]').fill('Calle Cuatro 4');
      await journey.continue();
      await expect(journey.page.getByText(w.form.changed)).toBeVisible();
      await expect(journey.page.locator('[name=address1]')).toHaveValue('Calle Cuatro 4');
      await otherTab.choosePayment('DigitalWallet');
      await otherTab.continue();
      await otherTab.expectTitle(w.review.title);
      await expect(otherTab.page.getByText(/Calle Tres 3/)).toBeVisible();
      await journey.continue();
      await journey.expectTitle(w.review.title);
      await expect(journey.page.getByText(/Calle Cuatro 4/)).toBeVisible();
    });

    test('the last button sends only what its page showed', details, async ({ journey, context }) => {
      const phone = createPhone();
      await journey.start('en');
      await journey.goToReviewWithWallet(phone);
      const otherTab = await openTab(context, '/en/onboarding/identity');
      await otherTab.page.locator('[name=firstName]').fill('Carla');
      await otherTab.continue();
      await otherTab.expectTitle(w.review.title);

      await journey.submit();
      await expect(journey.page.getByText(w.review.changed)).toBeVisible();
      await expect(journey.page.getByText('Carla Ruiz')).toBeVisible();
      expect(await raas.getSubmitRequests(phone)).toEqual([]);
      await journey.submit();
      await journey.expectLink();
      expect(await raas.getSubmitRequests(phone)).toHaveLength(1);
    });

    test('the end of one person’s application is not opened from a page of another', { tag: '@all' }, async ({
      journey,
      context,
    }) => {
      const [first, second] = [createPhone(), createPhone()];
      await journey.start('en');
      await journey.goToReviewWithWallet(first);
      await journey.submit();
      await journey.expectLink();
      await journey.page.goto('/en/onboarding/outcome');
      const continueButton = journey.page.getByRole('button', { name: w.outcome.succeeded.action });
      await expect(continueButton).toBeVisible();

      const otherTab = await openTab(context, '/en/onboarding/outcome');
      await otherTab.page.getByRole('button', { name: w.outcome.startOver }).click();
      await otherTab.page.goto('/en/onboarding/identity');
      await otherTab.goToReviewWithWallet(second);
      await otherTab.submit();
      await otherTab.expectLink();

      await continueButton.click();
      await expect(journey.page.getByText(w.start.another)).toBeVisible();
    });

    test('a page of the customer before cannot let go of the present one', { tag: '@all' }, async ({
      journey,
      context,
    }) => {
      await journey.start('en');
      await journey.goToAddress(createPhone());
      const otherTab = await openTab(context, '/en');
      await startOver(otherTab);
      await otherTab.page.goto('/en/onboarding/identity');
      await otherTab.goToAddress(createPhone());

      await journey.page.getByText(w.startOver.open).click();
      await journey.page.getByRole('button', { name: w.startOver.action }).click();
      await expect(journey.page.getByText(w.start.another)).toBeVisible();
      await otherTab.page.reload();
      await otherTab.expectTitle(w.steps.address.title);
    });
  });
}

test('two cases in two tabs of the console stay apart, and so do two agents', { tag: '@all' }, async ({
  page,
  journey,
  context,
}) => {
  const [first, second] = [createPhone(), createPhone()];
  await signIn(page, 'ana');
  await startCase(page, first);
  await journey.fillIdentity({ ...ANA, phone: first });
  const otherTab = await openTab(context, '/en/assist');
  await startCase(otherTab.page, second);
  await otherTab.expectTitle(agentMessages.en.steps.identity.title);
  await otherTab.fillIdentity({ ...BEA, phone: second });
  await otherTab.continue();
  await otherTab.expectTitle(agentMessages.en.steps.address.title);
  await journey.continue();
  await journey.expectTitle(agentMessages.en.steps.address.title);
  await otherTab.page.goto(otherTab.page.url().replace(/address$/, 'identity'));
  await expect(otherTab.page.locator('[name=firstName]')).toHaveValue('Bea');

  // The first tab is still on the page of an agent who has signed out since.
  await journey.fillAddress();
  await otherTab.page.getByRole('button', { name: w.assist.signOut }).click();
  // The provider asks once more.
  await otherTab.page.getByRole('button', { name: 'Sign out' }).click();
  await otherTab.expectTitle(w.assist.signIn.title);
  await signIn(otherTab.page, 'ana');
  await expect(otherTab.page.getByRole('heading', { level: 1 })).toHaveText(w.assist.title);
  await journey.continue();
  await expect(page.getByText(w.form.changed)).toBeVisible();
  await expect(page.locator('[name=address1]')).toHaveValue('Calle Dos 10');
  await journey.continue();
  await journey.expectTitle(agentMessages.en.steps.payment.title);
});

test('what an agent and their customer change at once is shown to the later one', { tag: '@all' }, async ({
  page,
  journey,
  browser,
  baseURL,
}) => {
  const phone = createPhone();
  const customerPage = await openCustomerPhone(browser, baseURL, 'en');
  await signIn(page, 'ana');
  await startCase(page, phone, 'en', 'en');
  await journey.fillIdentity({ ...ANA, phone });
  await journey.continue();
  await journey.expectTitle(agentMessages.en.steps.address.title);
  const caseUrl = page.url();
  const { link } = await handOverCase(page);
  await acceptHandOver(page, customerPage, link);
  const customer = new JourneyPage(customerPage);
  await customer.expectTitle(w.steps.address.title);
  await page.goto(caseUrl);
  await journey.fillAddress();
  await journey.continue();
  await journey.expectTitle(agentMessages.en.steps.payment.title);

  await customer.fillAddress();
  await customerPage.locator('[name=address1]').fill('Calle Siete 7');
  await customer.continue();
  await expect(customerPage.getByText(w.form.changed)).toBeVisible();
  await customer.continue();
  await customer.expectTitle(w.steps.payment.title);
  await customerPage.context().close();
});

/** The page that waits for an agent, and the one that the agent has let in. */
test('a hand-over that was opened in another tab is not entered from the page of the one before', {
  tag: '@all',
}, async ({ page, browser, baseURL }) => {
  const customerPage = await openCustomerPhone(browser, baseURL, 'en');
  await signIn(page, 'ana');
  const links: string[] = [];
  for (const phone of [createPhone(), createPhone()]) {
    await page.goto('/en/assist');
    await startCase(page, phone, 'en', 'en');
    links.push((await handOverCase(page)).link);
  }
  const [first = '', second = ''] = links;
  await customerPage.goto(first);
  await expect(getConfirmationCode(customerPage)).toBeVisible();
  // Without script the page of the first one stays as it is.
  const fields = await readForm(customerPage, w.continue.wait);
  // A page that stays open would enter the case of the next hand-over by itself.
  await customerPage.goto('/en');
  const laterPage = await customerPage.context().newPage();
  await acceptHandOver(page, laterPage, second);
  await laterPage.close();
  await post(customerPage, '/en/continue', fields);
  await expect(customerPage).toHaveURL(/\/en\/continue$/);
  await customerPage.context().close();
});

test('a yes to the help of one agent is none to the help of the next', { tag: '@all' }, async ({
  page,
  browser,
  baseURL,
}) => {
  const customerPage = await openCustomerPhone(browser, baseURL, 'en');
  const customer = new JourneyPage(customerPage);
  const requestHelp = async ({ page: tab }: JourneyPage) => {
    await tab.goto('/en/continue/help');
    await tab.getByRole('button', { name: w.continue.help.get }).click();
    const code = getShortCode(tab);
    await expect(code).toBeVisible();
    return ((await code.textContent()) ?? '').trim();
  };
  const first = await requestHelp(customer);
  await signIn(page, 'ana');
  await openCustomer(page, first);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.assist.takeOver.title);
  await expect(customerPage.getByRole('button', { name: w.continue.help.agree })).toBeVisible();
  const fields = await readForm(customerPage, w.continue.help.agree);

  const otherTab = new JourneyPage(await customerPage.context().newPage());
  await otherTab.page.goto('/en/continue/help');
  await otherTab.page.getByRole('button', { name: w.continue.help.alone }).click();
  await otherTab.expectTitle(w.steps.identity.title);
  const second = await requestHelp(otherTab);
  expect(second).not.toBe(first);

  await post(customerPage, '/en/continue/help', fields);
  await expect(customerPage.getByText(second)).toBeVisible();
  await customerPage.goto('/en/onboarding/identity');
  await expect(customerPage.getByRole('button', { name: w.continue.alone })).toHaveCount(0);
  await customerPage.context().close();
});

test('the form of a card that is posted after the device was let go of is filed nowhere', { tag: '@all' }, async ({
  journey,
  context,
}) => {
  await journey.start('en');
  await journey.goToCard(createPhone());
  await journey.fillCard({ number: '4111111111111111', expiry: '1128', code: '123', name: 'Ana Ruiz' });
  const otherTab = await openTab(context, '/en');
  await startOver(otherTab);
  await journey.continue();
  await expect(journey.page.getByText(w.form.lost)).toBeVisible();
  await otherTab.page.goto('/en/onboarding/identity');
  await expect(otherTab.page.locator('[name=firstName]')).toHaveValue('');
});

type Field = { name: string; value: string };

/** The hidden fields of the form with a text, as the server draws them for this page now. */
async function readForm(page: Page, text: string): Promise<Field[]> {
  const html = await (await page.request.get(page.url())).text();
  const form = html.split('<form').find((part) => (part.split('</form>', 1)[0] ?? '').includes(text)) ?? '';
  const decode = (value: string) => value.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  const inputs =
    form.split('</form>', 1)[0]?.matchAll(/<input type="hidden" name="([^"]*)"(?: value="([^"]*)")?/g) ?? [];
  const fields = [...inputs].map(([, name = '', value = '']) => ({ name: decode(name), value: decode(value) }));
  const names = fields.map(({ name }) => name);
  expect(names).toContain('stamp');
  expect(names.some((name) => name.startsWith('$ACTION'))).toBe(true);
  return fields;
}

/** Posts a form as it was drawn before. */
const post = (page: Page, path: string, fields: Field[]) =>
  page.evaluate(
    ([action, inputs]) => {
      const form = Object.assign(document.createElement('form'), {
        method: 'post',
        enctype: 'multipart/form-data',
        action,
      });
      for (const input of inputs) {
        form.append(Object.assign(document.createElement('input'), { ...input, type: 'hidden' }));
      }
      document.body.append(form);
      form.submit();
    },
    [path, fields] as const,
  );

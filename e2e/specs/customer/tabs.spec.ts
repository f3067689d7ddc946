import type { BrowserContext, Page } from '@playwright/test';
import { expect, freshPhone, test } from '../../support/fixtures.ts';
import { accept, beginCase, customersPhone, handOverCase, signIn } from '../../support/pages/agent.ts';
import { JourneyPage, words } from '../../support/pages/journey-page.ts';
import { raas } from '../../support/sandbox-control.ts';

const w = words.en;
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
const places: Record<string, (tab: JourneyPage, phone: string) => Promise<void>> = {
  identity: async (tab, phone) => {
    await tab.toAddress(phone);
    await tab.page.goto('/en/onboarding/identity');
    await tab.page.locator('[name=firstName]').fill('Anabel');
  },
  address: async (tab, phone) => {
    await tab.toAddress(phone);
    await tab.typeAddress();
  },
  payment: async (tab, phone) => {
    await tab.toPayment(phone);
    await tab.choosePayment('DigitalWallet');
  },
  review: async (tab, phone) => tab.walletToReview(phone),
};

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled });

    for (const [place, fill] of Object.entries(places)) {
      for (const isNextThere of [true, false]) {
        const since = isNextThere ? 'the next person has begun' : 'the device was let go of';
        test(`the form of ${place} that is posted after ${since} is filed nowhere`, async ({ journey, context }) => {
          const [first, second] = [freshPhone(), freshPhone()];
          await journey.start('en');
          await fill(journey, first);

          const other = await openTab(context, '/en');
          await startOver(other);
          await other.page.goto('/en/onboarding/identity');
          if (isNextThere) {
            await other.identity({ ...BEA, phone: second });
            await other.continue();
            await other.expectTitle(w.steps.address.title);
          }

          await journey.press(place === 'review' ? w.review.submit : w.form.continue);
          await expect(journey.page.getByText(w.start.another)).toBeVisible();

          if (!isNextThere) {
            await other.identity({ ...BEA, phone: second });
            await other.continue();
          }
          // The second person is asked for everything, and only their own answers arrive.
          await other.expectTitle(w.steps.address.title);
          await expect(other.page.locator('[name=address1]')).toHaveValue('');
          await other.page.locator('[name=address1]').fill('Calle Nueve 9');
          for (const [name, value] of Object.entries({ zipCode: '03801', city: 'Centro', state: 'Jalisco' })) {
            await other.page.locator(`[name=${name}]`).fill(value);
          }
          await other.finishWithWallet();
          const [call] = await raas.received(second);
          expect(JSON.parse(call?.body ?? '')).toMatchObject({ firstName: 'Bea', address1: 'Calle Nueve 9' });
          expect(await raas.received(first)).toEqual([]);
        });
      }
    }

    test('a blank form of another person than the application’s begins one of its own, after a notice', async ({
      journey,
      context,
    }) => {
      const [first, second] = [freshPhone(), freshPhone()];
      await journey.start('en');
      const other = await openTab(context, '/en/onboarding/identity');
      await other.identity({ ...BEA, phone: second });
      await other.continue();
      await other.expectTitle(w.steps.address.title);

      await journey.identity({ ...ANA, phone: first });
      await journey.continue();
      await expect(journey.page.getByText(w.form.begun)).toBeVisible();
      await expect(journey.page.locator('[name=firstName]')).toHaveValue('Ana');
      await other.typeAddress();
      await other.continue();
      await other.expectTitle(w.steps.payment.title);

      await journey.continue();
      await journey.expectTitle(w.steps.address.title);
      await expect(journey.page.locator('[name=address1]')).toHaveValue('');
      await other.choosePayment('DigitalWallet');
      await other.continue();
      await expect(other.page.getByText(w.start.another)).toBeVisible();
    });

    test('a blank form of the application’s own person is shown again before it replaces an answer', async ({
      journey,
      context,
    }) => {
      const phone = freshPhone();
      await journey.start('en');
      const other = await openTab(context, '/en/onboarding/identity');
      await other.identity({ ...BEA, phone });
      await other.continue();
      await other.expectTitle(w.steps.address.title);

      await journey.identity({ ...ANA, phone });
      await journey.continue();
      await expect(journey.page.getByText(w.form.changed)).toBeVisible();
      await expect(journey.page.locator('[name=firstName]')).toHaveValue('Ana');
      await journey.continue();
      await journey.expectTitle(w.steps.address.title);
      await other.page.goto('/en/onboarding/identity');
      await expect(other.page.locator('[name=firstName]')).toHaveValue('Ana');
    });

    test('the way back from a page that was only looked at leaves what another tab has saved', async ({
      journey,
      context,
    }) => {
      await journey.start('en');
      await journey.toPayment(freshPhone());
      await journey.page.goto('/en/onboarding/address');
      const other = await openTab(context, '/en/onboarding/address');
      await other.page.locator('[name=address1]').fill('Calle Tres 3');
      await other.continue();
      await other.expectTitle(w.steps.payment.title);

      await journey.page.getByRole('link', { name: w.form.back }).click();
      await journey.expectTitle(w.steps.identity.title);
      await journey.page.goto('/en/onboarding/address');
      await expect(journey.page.locator('[name=address1]')).toHaveValue('Calle Tres 3');
    });

    test('an answer that another tab has changed is not overwritten unseen, and the other steps are not held up', async ({
      journey,
      context,
    }) => {
      await journey.start('en');
      await journey.toPayment(freshPhone());
      const other = await openTab(context, '/en/onboarding/address');
      await journey.page.goto('/en/onboarding/address');
      await other.page.locator('[name=address1]').fill('Calle Tres 3');
      await other.continue();
      await other.expectTitle(w.steps.payment.title);

      await journey.page.locator('[name=address1]').fill('Calle Cuatro 4');
      await journey.continue();
      await expect(journey.page.getByText(w.form.changed)).toBeVisible();
      await expect(journey.page.locator('[name=address1]')).toHaveValue('Calle Cuatro 4');
      await other.choosePayment('DigitalWallet');
      await other.continue();
      await other.expectTitle(w.review.title);
      await expect(other.page.getByText(/Calle Tres 3/)).toBeVisible();
      await journey.continue();
      await journey.expectTitle(w.review.title);
      await expect(journey.page.getByText(/Calle Cuatro 4/)).toBeVisible();
    });

    test('the last button sends only what its page showed', async ({ journey, context }) => {
      const phone = freshPhone();
      await journey.start('en');
      await journey.walletToReview(phone);
      const other = await openTab(context, '/en/onboarding/identity');
      await other.page.locator('[name=firstName]').fill('Carla');
      await other.continue();
      await other.expectTitle(w.review.title);

      await journey.submit();
      await expect(journey.page.getByText(w.review.changed)).toBeVisible();
      await expect(journey.page.getByText('Carla Ruiz')).toBeVisible();
      expect(await raas.received(phone)).toEqual([]);
      await journey.submit();
      await journey.expectLink();
      expect(await raas.received(phone)).toHaveLength(1);
    });

    test('the end of one person’s application is not opened from a page of another', async ({ journey, context }) => {
      const [first, second] = [freshPhone(), freshPhone()];
      await journey.start('en');
      await journey.walletToReview(first);
      await journey.submit();
      await journey.expectLink();
      await journey.page.goto('/en/onboarding/outcome');
      const open = journey.page.getByRole('button', { name: w.outcome.succeeded.action });
      await expect(open).toBeVisible();

      const other = await openTab(context, '/en/onboarding/outcome');
      await other.page.getByRole('button', { name: w.outcome.startOver }).click();
      await other.page.goto('/en/onboarding/identity');
      await other.walletToReview(second);
      await other.submit();
      await other.expectLink();

      await open.click();
      await expect(journey.page.getByText(w.start.another)).toBeVisible();
    });

    test('a page of the customer before cannot let go of the present one', async ({ journey, context }) => {
      await journey.start('en');
      await journey.toAddress(freshPhone());
      const other = await openTab(context, '/en');
      await startOver(other);
      await other.page.goto('/en/onboarding/identity');
      await other.toAddress(freshPhone());

      await journey.page.getByText(w.startOver.open).click();
      await journey.page.getByRole('button', { name: w.startOver.action }).click();
      await expect(journey.page.getByText(w.start.another)).toBeVisible();
      await other.page.reload();
      await other.expectTitle(w.steps.address.title);
    });
  });
}

test('two cases in two tabs of the console stay apart, and so do two agents', async ({ page, journey, context }) => {
  const [first, second] = [freshPhone(), freshPhone()];
  await signIn(page, 'ana');
  await beginCase(page, first);
  await journey.identity({ ...ANA, phone: first });
  const other = await openTab(context, '/en/assist');
  await beginCase(other.page, second);
  await other.expectTitle(w.steps.identity.title);
  await other.identity({ ...BEA, phone: second });
  await other.continue();
  await other.expectTitle(w.steps.address.title);
  await journey.continue();
  await journey.expectTitle(w.steps.address.title);
  await other.page.goto(other.page.url().replace(/address$/, 'identity'));
  await expect(other.page.locator('[name=firstName]')).toHaveValue('Bea');

  // The first tab is still on the page of an agent who has signed out since.
  await journey.typeAddress();
  await other.page.getByRole('button', { name: w.assist.signOut }).click();
  // The provider asks once more.
  await other.page.getByRole('button', { name: 'Sign out' }).click();
  await other.expectTitle(w.assist.signIn.title);
  await signIn(other.page, 'ana');
  await expect(other.page.getByRole('heading', { level: 1 })).toHaveText(w.assist.new);
  await journey.continue();
  await expect(page.getByText(w.form.changed)).toBeVisible();
  await expect(page.locator('[name=address1]')).toHaveValue('Calle Dos 10');
  await journey.continue();
  await journey.expectTitle(w.steps.payment.title);
});

test('what an agent and their customer change at once is shown to the later one', async ({
  page,
  journey,
  browser,
  baseURL,
}) => {
  const phone = freshPhone();
  const theirs = await customersPhone(browser, baseURL, 'en');
  await signIn(page, 'ana');
  await beginCase(page, phone, 'en', 'en');
  await journey.identity({ ...ANA, phone });
  await journey.continue();
  await journey.expectTitle(w.steps.address.title);
  const here = page.url();
  const { link } = await handOverCase(page);
  await accept(page, theirs, link);
  const customer = new JourneyPage(theirs);
  await customer.expectTitle(w.steps.address.title);
  await page.goto(here);
  await journey.typeAddress();
  await journey.continue();
  await journey.expectTitle(w.steps.payment.title);

  await customer.typeAddress();
  await theirs.locator('[name=address1]').fill('Calle Siete 7');
  await customer.continue();
  await expect(theirs.getByText(w.form.changed)).toBeVisible();
  await customer.continue();
  await customer.expectTitle(w.steps.payment.title);
  await theirs.context().close();
});

/** The page that waits for an agent, and the one that the agent has let in. */
test('a hand-over that was opened in another tab is not entered from the page of the one before', async ({
  page,
  browser,
  baseURL,
}) => {
  const theirs = await customersPhone(browser, baseURL, 'en');
  await signIn(page, 'ana');
  const links: string[] = [];
  for (const phone of [freshPhone(), freshPhone()]) {
    await page.goto('/en/assist');
    await beginCase(page, phone, 'en', 'en');
    links.push((await handOverCase(page)).link);
  }
  const [first = '', second = ''] = links;
  await theirs.goto(first);
  await expect(theirs.locator('p.text-6xl')).toBeVisible();
  // Without script the page of the first one stays as it is.
  const fields = await readForm(theirs, w.continue.wait);
  // A page that stays open would enter the case of the next hand-over by itself.
  await theirs.goto('/en');
  const later = await theirs.context().newPage();
  await accept(page, later, second);
  await later.close();
  await post(theirs, '/en/continue', fields);
  await expect(theirs).toHaveURL(/\/en\/continue$/);
  await theirs.context().close();
});

test('a yes to the help of one agent is none to the help of the next', async ({ page, browser, baseURL }) => {
  const theirs = await customersPhone(browser, baseURL, 'en');
  const customer = new JourneyPage(theirs);
  const ask = async ({ page: tab }: JourneyPage) => {
    await tab.goto('/en/continue/help');
    await tab.getByRole('button', { name: w.continue.help.get }).click();
    const code = tab.locator('strong.tracking-widest');
    await expect(code).toBeVisible();
    return ((await code.textContent()) ?? '').trim();
  };
  const first = await ask(customer);
  await signIn(page, 'ana');
  await page.getByText(w.assist.takeOver.open).click();
  await page.getByLabel(w.assist.takeOver.label).fill(first);
  await page.getByRole('button', { name: w.assist.takeOver.action }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.assist.takeOver.title);
  await expect(theirs.getByRole('button', { name: w.continue.help.agree })).toBeVisible();
  const fields = await readForm(theirs, w.continue.help.agree);

  const other = new JourneyPage(await theirs.context().newPage());
  await other.page.goto('/en/continue/help');
  await other.page.getByRole('button', { name: w.continue.help.alone }).click();
  await other.expectTitle(w.steps.identity.title);
  const second = await ask(other);
  expect(second).not.toBe(first);

  await post(theirs, '/en/continue/help', fields);
  await expect(theirs.getByText(second)).toBeVisible();
  await theirs.goto('/en/onboarding/identity');
  await expect(theirs.getByRole('button', { name: w.continue.alone })).toHaveCount(0);
  await theirs.context().close();
});

test('the form of a card that is posted after the device was let go of is filed nowhere', async ({
  journey,
  context,
}) => {
  await journey.start('en');
  await journey.toCard(freshPhone());
  await journey.typeCard({ number: '4111111111111111', expiry: '1128', code: '123', name: 'Ana Ruiz' });
  const other = await openTab(context, '/en');
  await startOver(other);
  await journey.continue();
  await expect(journey.page.getByText(w.start.another)).toBeVisible();
  await other.page.goto('/en/onboarding/identity');
  await expect(other.page.locator('[name=firstName]')).toHaveValue('');
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
        ...{ method: 'post', enctype: 'multipart/form-data', action },
      });
      for (const input of inputs) {
        form.append(Object.assign(document.createElement('input'), { ...input, type: 'hidden' }));
      }
      document.body.append(form);
      form.submit();
    },
    [path, fields] as const,
  );

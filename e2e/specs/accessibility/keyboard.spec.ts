import type { Page } from '@playwright/test';
import { createPhone, expect, test } from '../../support/fixtures.ts';
import { messages } from '../../support/pages/journey-page.ts';
import { raas } from '../../support/stand-in-controls.ts';

// The whole journey with the keyboard alone, and in the order in which a screen reader reads it.

/** Returns the name of the focused element, and if its focus can be seen (WCAG 2.4.7, 2.4.11). */
async function readFocus(page: Page): Promise<{ name: string; isSeen: boolean }> {
  return page.evaluate(() => {
    const element = document.activeElement as HTMLInputElement;
    const ring = getComputedStyle(element);
    const { left, top, bottom, width, height } = element.getBoundingClientRect();
    const topmost = document.elementFromPoint(left + width / 2, top + height / 2);
    const hasFocusRing = ring.outlineStyle !== 'none' && Number.parseFloat(ring.outlineWidth) >= 2;
    const label = element.labels?.[0]?.textContent ?? element.getAttribute('aria-label') ?? element.textContent;
    return {
      // Several buttons of a form have one name.
      name: (element.tagName !== 'BUTTON' && element.name) || (label ?? '').trim(),
      isSeen: hasFocusRing && bottom > 0 && top < window.innerHeight && element.contains(topmost),
    };
  });
}

/** Presses Tab until the named thing has the focus; every stop on the way can be seen and comes once. */
async function tabTo(page: Page, name: string): Promise<void> {
  const visitedNames = new Set<string>();
  for (;;) {
    await page.keyboard.press('Tab');
    const stop = await readFocus(page);
    expect(stop, `on the way to ${name}`).toMatchObject({ isSeen: true });
    if (stop.name === name) return;
    expect(visitedNames.has(stop.name), `${stop.name} again on the way to ${name}`).toBe(false);
    visitedNames.add(stop.name);
  }
}

for (const lang of ['en', 'es'] as const) {
  test(`from the first page to the link without a pointer, ${lang}`, { tag: lang === 'en' ? [] : '@all' }, async ({
    page,
    journey,
  }) => {
    const w = messages[lang];
    const phone = createPhone();
    journey.lang = lang;
    await page.goto(`/${lang}`);
    await tabTo(page, w.site.skip);
    await page.keyboard.press('Enter');
    await tabTo(page, w.start.begin);
    await page.keyboard.press('Enter');
    await journey.expectTitle(w.steps.identity.title);
    for (const [name, text] of Object.entries({
      firstName: 'Ana',
      lastName: 'Ruiz',
      'dob.day': '1',
      'dob.month': '2',
      'dob.year': '1990',
      phoneNumber: phone,
    })) {
      await tabTo(page, name);
      await page.keyboard.type(text);
    }
    await page.keyboard.press('Enter');
    await journey.expectTitle(w.steps.address.title);
    await tabTo(page, w.steps.address.search);
    await expect(page.getByRole('combobox', { name: w.steps.address.search })).toBeFocused();
    await page.keyboard.type('calle dos');
    await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page.locator('[name=placeDetail]')).toHaveValue(/^\{/);
    // A whole address needs nothing more.
    await expect(page.getByRole('button', { name: w.form.continue })).toBeFocused();
    await page.keyboard.press('Enter');
    await journey.expectTitle(w.steps.payment.title);
    await tabTo(page, 'paymentMethodType');
    await page.keyboard.press('ArrowUp'); // from the first choice to the last one
    await expect(page.getByRole('radio', { name: w.steps.payment.types.DigitalWallet })).toBeChecked();
    await page.keyboard.press('Enter');
    await journey.expectTitle(w.review.title);
    await tabTo(page, w.review.submit);
    await page.keyboard.press('Enter');
    await journey.expectLink();
    expect(await raas.getSubmitRequests(phone)).toHaveLength(1);
  });
}

test('each line of a summary takes the keyboard to its box', async ({ page, journey }) => {
  await journey.start('en');
  await journey.continue();
  const { errors } = messages.en;
  // The summary takes the focus when it has come; before that a line would lose it again.
  await expect(page.getByRole('alert').filter({ hasText: messages.en.form.errorTitle })).toBeFocused();
  for (const [line, name] of [
    [errors.firstName.required, 'firstName'],
    [errors.lastName.required, 'lastName'],
    [errors.dob.required, 'dob.day'],
    [errors.phoneNumber.required, 'phoneNumber'],
  ] as const) {
    await page.getByRole('link', { name: line }).focus();
    await page.keyboard.press('Enter');
    await expect(page.locator(`[name="${name}"]`)).toBeFocused();
  }
});

test('a line of a summary that has the focus keeps it when the script arrives', async ({ page, journey }) => {
  const script = Promise.withResolvers<void>();
  await page.route('**/_next/static/**/*.js*', async (route) => {
    await script.promise;
    await route.continue();
  });
  await page.goto('/en/preview/identity-errors', { waitUntil: 'commit' });
  const line = page.getByRole('link', { name: messages.en.errors.phoneNumber.required });
  await line.focus();
  script.resolve();
  await journey.waitForHydration();
  await expect(line).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('[name=phoneNumber]')).toBeFocused();
});

/** Lists the lines that a screen reader comes to. */
const EXPECTED_ROLES: Record<string, string> = {
  'identity-errors': `
    - link "Back"
    - paragraph: Step 1 of 4
    - heading "First, your details" [level=1]
    - button "Fill in with a document"
    - alert "Please check this":
      - heading "Please check this" [level=2]
      - list:
        - listitem:
          - link "Enter your first name"
        - listitem:
          - link "Enter your last name"
        - listitem:
          - link "Enter your date of birth"
        - listitem:
          - link "Enter your mobile number"
    - text: First name
    - paragraph: As on your ID
    - paragraph: Enter your first name
    - textbox "First name" [invalid]
    - text: Last name
    - paragraph: Enter your last name
    - textbox "Last name" [invalid]
    - text: Second last name (optional)
    - textbox "Second last name (optional)"
    - status
    - group "Date of birth":
      - text: Date of birth
      - paragraph: "Example: 24 6 1987"
      - paragraph: Enter your date of birth
      - text: Day
      - textbox "Day" [invalid]
      - text: Month
      - textbox "Month"
      - text: Year
      - textbox "Year"
    - text: Mobile number
    - paragraph: "Example: 222 123 4567"
    - paragraph: Enter your mobile number
    - textbox "Mobile number" [invalid]
    - group: Email and other details (optional)
    - status
    - button "Fix 4"`,
  address: `
    - link "Back"
    - paragraph: Step 2 of 4
    - heading "Where do you live?" [level=1]
    - text: Find your address
    - paragraph: Type your street and number, then choose from the list.
    - textbox "Find your address"
    - group: Type my address myself
    - status
    - button "Continue"`,
  'outcome-parked': `
    - status:
      - heading "We have your details" [level=1]
      - paragraph: /Someone at Puente has to review them\\./
    - paragraph:
      - text: Your reference
      - strong: 1A2B3C4D
      - button "Copy"
    - link "Contact Puente"
    - button "Sign up another person"`,
};

for (const [scene, expectedRoles] of Object.entries(EXPECTED_ROLES)) {
  test(`${scene} reads as a conversation, and the same in Spanish`, async ({ page }) => {
    const readRoles = async () =>
      (await page.getByRole('main').ariaSnapshot())
        .split('\n')
        .filter((line) => !line.includes('/url'))
        .map((line) => /^ *- (\w+)/.exec(line)?.[1]);
    await page.goto(`/en/preview/${scene}`);
    await expect(page.getByRole('main')).toMatchAriaSnapshot(expectedRoles);
    const englishRoles = await readRoles();
    await page.goto(`/es/preview/${scene}`);
    expect(await readRoles()).toEqual(englishRoles);
  });
}

test('a box is told with its hint and its error, and pages begin with what they are', async ({ page }) => {
  await page.goto('/en/preview/identity-errors');
  await expect(page).toHaveTitle('Error: First, your details');
  await expect(page.locator('[name=firstName]')).toHaveAccessibleDescription('As on your ID Enter your first name');
  await expect(page.getByRole('group', { name: 'Date of birth' })).toHaveAccessibleDescription(
    'Example: 24 6 1987 Enter your date of birth',
  );
  await expect(page.getByRole('alert', { name: 'Please check this' })).toBeFocused();
});

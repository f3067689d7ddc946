import { type BrowserContext, expect, type Page } from '@playwright/test';
import { translatePages } from './translator.ts';

/** React's message when the page differs from the server's. React then renders the page again. */
export const HYDRATION_ERROR = /Minified React error #418/;

type Field = HTMLInputElement | HTMLSelectElement | HTMLDetailsElement;
type HeldScripts = {
  /** Opens a page without its scripts. */
  open: (page: Page, path: string) => Promise<void>;
  /** Waits for the page that a form without script leads to. */
  arrive: (page: Page) => Promise<void>;
  /** Lets the scripts come, and waits until React has rendered the page again. */
  release: (page: Page) => Promise<void>;
};

/** A context in which pages are translated, and changed by an extension, before their scripts arrive. */
export async function holdScripts(context: BrowserContext): Promise<HeldScripts> {
  let hold = Promise.withResolvers<void>();
  hold.resolve();
  await translatePages(context, 'at once');
  await context.route('**/_next/static/**/*.js*', async (route) => {
    await hold.promise;
    // A page that was left has given up its scripts.
    await route.continue().catch(() => {});
  });
  const arrive = async (page: Page) => {
    // The server has sent the whole of `main`.
    await expect(page.locator('main ~ *').first()).toBeAttached();
    await page.locator('main').evaluate((main) => {
      main.setAttribute('data-from-server', '');
      for (const input of main.querySelectorAll('input')) input.after(document.createElement('span'));
      document.body.prepend(document.createElement('aside'));
    });
  };
  return {
    arrive,
    async open(page, path) {
      hold = Promise.withResolvers();
      await page.goto(path, { waitUntil: 'commit' });
      await arrive(page);
    },
    async release(page) {
      await expect(page.locator('main[data-from-server]')).toBeAttached();
      hold.resolve();
      await expect(page.locator('next-route-announcer')).toBeAttached();
      await expect(page.locator('main[data-from-server]')).toHaveCount(0);
    },
  };
}

/** Opens, types, ticks and chooses whatever the page offers, and leaves the cursor in the middle of the last text. */
export async function fillAllFields(page: Page, texts: Readonly<Record<string, string>>): Promise<void> {
  const closedSummary = page.locator('details:not([open]) > summary');
  while ((await closedSummary.count()) > 0) await closedSummary.first().click();
  for (const field of await page.locator('input, select').filter({ visible: true }).all()) {
    const { type, name, id, isOpen } = await field.evaluate((element: HTMLInputElement) => ({
      type: element.type,
      name: element.name,
      id: element.id,
      isOpen: !element.disabled && !element.readOnly,
    }));
    const text = texts[name || id];
    if (!isOpen) continue;
    if (type === 'radio' || type === 'checkbox') await field.check();
    else if (type === 'select-one') await field.selectOption(text ?? { index: 1 });
    else if (type === 'date') await field.fill(text ?? '2026-02-03');
    else await field.fill(text ?? `typed ${name || id}`);
  }
  const last = page
    .locator('main input:is([type=text], [type=search], [type=tel], :not([type]))')
    .filter({ visible: true })
    .last();
  if ((await last.count()) === 0) return;
  await last.evaluate((input: HTMLInputElement) => {
    input.focus();
    input.setSelectionRange(2, 3);
  });
}

/** Everything on the page that a person has set, and where the cursor is. */
export const readFields = (page: Page) =>
  page.evaluate(() => {
    const fields = [...document.querySelectorAll<Field>('input:not([type=hidden]), select, details')];
    const { id, selectionStart, selectionEnd } = document.activeElement as HTMLInputElement;
    return {
      focus: { id, selectionStart, selectionEnd },
      fields: fields.map((field) => {
        if (field instanceof HTMLDetailsElement) return ['details', field.open];
        const isChoice = /^(radio|checkbox)$/.test(field.type);
        return [`${field.id} ${field.name}`, field.value, isChoice && (field as HTMLInputElement).checked];
      }),
    };
  });

/** Opens a page without its scripts, types everywhere, lets them come, and expects everything to be still there. */
export async function expectFieldsKept(
  scripts: HeldScripts,
  page: Page,
  path: string,
  texts: Readonly<Record<string, string>> = {},
): Promise<void> {
  await scripts.open(page, path);
  await fillAllFields(page, texts);
  const fieldsBefore = await readFields(page);
  expect(fieldsBefore.fields.length).toBeGreaterThan(0);
  await scripts.release(page);
  expect(await readFields(page)).toEqual(fieldsBefore);
}

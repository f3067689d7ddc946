import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test';
import jsQR from 'jsqr';
import { drawn, type Lang, words } from './journey-page.ts';

/** Signs in at the sandbox's identity provider as one of its agents. */
export async function signIn(page: Page, who: string, lang: Lang = 'en'): Promise<void> {
  await page.goto(`/${lang}/assist`);
  await page.getByRole('button', { name: words[lang].assist.signIn.action }).click();
  await chooseAgent(page, who);
}

/** Says who one is, on the provider's page. */
export const chooseAgent = (page: Page, who: string) => page.locator(`a[href$="as=${who}"]`).click();

/** Begins a customer by phone from the worklist, or comes to the case that the shop has open for it. */
export async function beginCase(page: Page, phone: string, lang: Lang = 'en', spoken: Lang = 'es'): Promise<void> {
  const w = words[lang];
  await page.getByLabel(w.assist.phone).fill(phone);
  if (spoken !== 'es') await page.getByRole('radio', { name: w.assist.languages[spoken] }).check();
  await page.getByRole('button', { name: w.form.continue }).click();
}

/** From a case to the page that hands it over, and what that offers to the customer. */
export async function handOverCase(page: Page, lang: Lang = 'en') {
  const w = words[lang].assist.handOver;
  await page.getByRole('link', { name: w.title }).click();
  await page.getByRole('button', { name: w.begin }).click();
  return offered(page, lang);
}

/** What the page that hands over offers. */
export async function offered(page: Page, lang: Lang = 'en') {
  const w = words[lang].assist.handOver;
  await expect(page.getByRole('img', { name: w.qr })).toBeVisible();
  const message = (await page.getByRole('link', { name: w.sms }).getAttribute('href')) ?? '';
  const text = decodeURIComponent(message);
  const link = /https?:\/\/\S+/.exec(text)?.[0] ?? '';
  const code = ((await page.locator('strong.tracking-widest').textContent()) ?? '').trim();
  return { link, code, text };
}

/** What a camera reads from the code on the page. */
export async function scanned(page: Page, lang: Lang = 'en'): Promise<string | undefined> {
  const picture = page.getByRole('img', { name: words[lang].assist.handOver.qr });
  const { pixels, side } = await picture.evaluate(async (svg) => {
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = 400;
    canvas.height = 400;
    const drawing = canvas.getContext('2d');
    drawing?.drawImage(image, 0, 0, 400, 400);
    return { pixels: [...(drawing?.getImageData(0, 0, 400, 400).data ?? [])], side: 400 };
  });
  return jsQR(Uint8ClampedArray.from(pixels), side, side)?.data;
}

/** A customer's phone. */
export async function customersPhone(browser: Browser, baseURL: string | undefined, lang: Lang = 'es'): Promise<Page> {
  const locale = lang === 'es' ? 'es-MX' : 'en-US';
  const context = await browser.newContext({
    ...{ baseURL: baseURL ?? '', viewport: { width: 390, height: 844 }, locale },
  });
  return context.newPage();
}

/** Another agent's browser, signed in. */
export async function colleague(browser: Browser, baseURL: string | undefined, who: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: baseURL ?? '' })).newPage();
  await signIn(page, who);
  return page;
}

/** The customer opens a link, and the agent presses the digits that the customer's device shows. */
export async function accept(desk: Page, theirs: Page, link: string): Promise<void> {
  await theirs.goto(link);
  await confirm(desk, await shownDigits(theirs));
  await expect(theirs).not.toHaveURL(/\/continue$/);
}

/** The digits that a device shows while it waits. */
export async function shownDigits(theirs: Page): Promise<string> {
  const digits = theirs.locator('p.text-6xl');
  await drawn(digits);
  return ((await digits.textContent()) ?? '').trim();
}

/** The agent presses the digits of one device. */
export const confirm = (desk: Page, digits: string): Promise<void> =>
  desk.getByRole('button', { name: new RegExp(`\\b${digits}$`) }).click();

/** Everything that a context's pages were sent: addresses, heads and bodies. */
export function listenTo(context: BrowserContext): () => Promise<string> {
  const told: Promise<string>[] = [];
  context.on('response', (response) => {
    const head = `${response.url()} ${JSON.stringify(response.headers())}`;
    told.push(
      response.text().then(
        (body) => `${head} ${body}`,
        () => head,
      ),
    );
  });
  return async () => (await Promise.all(told)).join('\n');
}

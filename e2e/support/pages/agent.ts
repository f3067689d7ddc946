import { type Browser, type BrowserContext, expect, type Locator, type Page } from '@playwright/test';
import jsQR from 'jsqr';
import { type Lang, messages, scrollIntoView } from './journey-page.ts';

export { agentMessages } from './agent-messages.ts';

/** Finds the phone number wherever a page groups its digits. */
export const getPhoneText = (page: Page, e164: string): Locator =>
  page.getByText(new RegExp(`\\+${[...e164.replace('+', '')].join('\\s?')}`));

/** Signs in at the sandbox's identity provider as one of its agents. */
export async function signIn(page: Page, agentId: string, lang: Lang = 'en'): Promise<void> {
  await page.goto(`/${lang}/assist`);
  await page.getByRole('button', { name: messages[lang].assist.signIn.action }).click();
  await chooseAgent(page, agentId);
}

/** Says who one is, on the provider's page. */
export const chooseAgent = (page: Page, agentId: string) => page.locator(`a[href$="as=${agentId}"]`).click();

/** Types into the worklist's box. */
export const typeHandle = (page: Page, text: string, lang: Lang = 'en') =>
  page.getByLabel(messages[lang].assist.handle).fill(text);

/** Opens a customer by phone, name or code from the worklist. */
export async function openCustomer(page: Page, text: string, lang: Lang = 'en'): Promise<void> {
  await typeHandle(page, text, lang);
  await page.getByRole('button', { name: messages[lang].assist.openCase }).click();
}

/** Begins a customer by phone from the worklist, or comes to the case that the shop has open for it. */
export async function startCase(
  page: Page,
  phone: string,
  lang: Lang = 'en',
  customerLang: Lang = 'es',
): Promise<void> {
  const w = messages[lang];
  if (customerLang !== 'es') await page.getByRole('radio', { name: w.assist.languages[customerLang] }).check();
  await openCustomer(page, phone, lang);
}

/**
 * Hands a case over on the page of the hand-over, which follows the customer. After the agent's last step it has begun already.
 *
 * @returns the link, the code and the message for the customer
 */
export async function handOverCase(page: Page, lang: Lang = 'en') {
  await page.waitForURL(/\/cases\/[^/]+\/[a-z-]+$/);
  const path = new URL(page.url()).pathname;
  if (!path.endsWith('/hand-over')) {
    await page.goto(path.replace(/[^/]+$/, 'hand-over'));
    await page.getByRole('button', { name: messages[lang].assist.handOver.begin }).click();
  }
  return readOffer(page, lang);
}

/** Ends the hand-over: its code stops working and the customer's phone loses its access. */
export async function stopHandOver(page: Page, lang: Lang = 'en'): Promise<void> {
  const w = messages[lang].assist;
  for (const text of [w.more, w.stop.open]) await page.getByText(text, { exact: true }).click();
  await page.getByRole('button', { name: w.stop.confirm }).click();
}

/** Finds a hand-over's or a help request's code, in two halves. */
export const getShortCode = (page: Page): Locator =>
  page.locator('strong').filter({ hasText: /[2-9A-Z]{4} [2-9A-Z]{4}/ });

export const readShortCode = async (page: Page): Promise<string> =>
  ((await getShortCode(page).textContent()) ?? '').trim();

/** Finds the two digits that the agent's and the customer's screen show. */
export const getConfirmationCode = (page: Page): Locator => page.locator('main p').filter({ hasText: /^\s*\d\d\s*$/ });

/** Reads the link, the code and the message that the hand-over page offers. */
export async function readOffer(page: Page, lang: Lang = 'en') {
  const w = messages[lang].assist.handOver;
  await expect(page.getByRole('img', { name: w.qr })).toBeVisible();
  const message = (await page.locator('a[href^="sms:"]').getAttribute('href')) ?? '';
  const text = decodeURIComponent(message);
  const link = /https?:\/\/\S+/.exec(text)?.[0] ?? '';
  return { link, code: await readShortCode(page), text };
}

/** Reads the QR code as a camera does. */
export async function scanQrCode(page: Page, lang: Lang = 'en'): Promise<string | undefined> {
  const qrImage = page.getByRole('img', { name: messages[lang].assist.handOver.qr });
  const { pixels, side } = await qrImage.evaluate(async (svg) => {
    const image = new Image();
    image.src = `data:image/svg+xml,${encodeURIComponent(new XMLSerializer().serializeToString(svg))}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = 400;
    canvas.height = 400;
    const canvasContext = canvas.getContext('2d');
    canvasContext?.drawImage(image, 0, 0, 400, 400);
    return { pixels: [...(canvasContext?.getImageData(0, 0, 400, 400).data ?? [])], side: 400 };
  });
  return jsQR(Uint8ClampedArray.from(pixels), side, side)?.data;
}

/** A customer's phone. */
export async function openCustomerPhone(
  browser: Browser,
  baseURL: string | undefined,
  lang: Lang = 'es',
): Promise<Page> {
  const locale = lang === 'es' ? 'es-MX' : 'en-US';
  const context = await browser.newContext({ baseURL: baseURL ?? '', viewport: { width: 390, height: 844 }, locale });
  return context.newPage();
}

/** Another agent's browser, signed in. */
export async function openAgentPage(browser: Browser, baseURL: string | undefined, agentId: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: baseURL ?? '' })).newPage();
  await signIn(page, agentId);
  return page;
}

/** The customer opens a link, and the agent presses the digits that the customer's device shows. */
export async function acceptHandOver(agentPage: Page, customerPage: Page, link: string): Promise<void> {
  await customerPage.goto(link);
  await pressConfirmationCode(agentPage, await readConfirmationCode(customerPage));
  await expect(customerPage).not.toHaveURL(/\/continue$/);
}

/** The digits that a device shows while it waits. */
export async function readConfirmationCode(customerPage: Page): Promise<string> {
  const digits = getConfirmationCode(customerPage);
  await scrollIntoView(digits);
  return ((await digits.textContent()) ?? '').trim();
}

/** The agent presses the digits of one device. */
export const pressConfirmationCode = (agentPage: Page, digits: string): Promise<void> =>
  agentPage.getByRole('button', { name: new RegExp(`\\b${digits}$`) }).click();

/** Everything that a context's pages were sent: addresses, heads and bodies. */
export function recordResponses(context: BrowserContext): () => Promise<string> {
  const responses: Promise<string>[] = [];
  context.on('response', (response) => {
    const head = `${response.url()} ${JSON.stringify(response.headers())}`;
    responses.push(
      response.text().then(
        (body) => `${head} ${body}`,
        () => head,
      ),
    );
  });
  return async () => (await Promise.all(responses)).join('\n');
}

import puppeteer, { type ElementHandle, type Frame, type Page } from 'puppeteer-core';
import { findOnPath } from '../support/debian-packages.ts';
import { type BrowserPage, type Engine, MAX_WAIT_MS, VIEWPORT } from './engine.ts';

const PROGRAMS = ['firefox-esr'];

async function findElement(frame: Frame, xpath: string, visible = true): Promise<ElementHandle<Element>> {
  const handle = await frame.waitForSelector(`::-p-xpath(${xpath})`, { visible, timeout: MAX_WAIT_MS });
  if (!handle) throw new Error(`No ${xpath}`);
  return handle;
}

/** Brings an element to the middle, where the sticky bar of the button does not cover it. */
const scrollToMiddle = (element: ElementHandle<Element>) =>
  element.evaluate((target) => target.scrollIntoView({ block: 'center', behavior: 'instant' }));

function createPage(page: Page): BrowserPage {
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  const find = (xpath: string, visible?: boolean) => findElement(page.mainFrame(), xpath, visible);
  const findInFrame = async (frameXpath: string, xpath: string) => {
    const element = await find(frameXpath);
    await scrollToMiddle(element);
    const frame = await element.contentFrame();
    if (!frame) throw new Error(`${frameXpath} is no frame`);
    return findElement(frame, xpath);
  };
  return {
    errors,
    goto: async (url) => {
      await page.goto(url);
    },
    getUrl: async () => page.url(),
    getText: async (xpath) => (await find(xpath)).evaluate((element) => element.textContent?.trim() ?? ''),
    getValue: async (xpath) => (await find(xpath, false)).evaluate((element) => (element as HTMLInputElement).value),
    click: async (xpath) => {
      const element = await find(xpath);
      await scrollToMiddle(element);
      await element.click();
    },
    fill: async (xpath, text, frameXpath) => {
      const element = frameXpath ? await findInFrame(frameXpath, xpath) : await find(xpath);
      await scrollToMiddle(element);
      const option = await element.evaluate(
        (field, label) =>
          field instanceof HTMLSelectElement
            ? [...field.options].find((item) => item.text === label)?.value
            : undefined,
        text,
      );
      if (option === undefined) await element.type(text);
      else await element.select(option);
    },
    takePicture: async () => Buffer.from(await page.screenshot()),
  };
}

/** Firefox without a window, by WebDriver BiDi. */
export const firefox: Engine = {
  name: 'Firefox',
  programs: PROGRAMS,
  packages: PROGRAMS,
  async start() {
    const browser = await puppeteer.launch({
      browser: 'firefox',
      executablePath: findOnPath(PROGRAMS) ?? '',
      acceptInsecureCerts: true,
      defaultViewport: VIEWPORT,
    });
    return {
      openPage: async () => createPage(await (await browser.createBrowserContext()).newPage({ type: 'window' })),
      stop: () => browser.close(),
    };
  },
};

import { findFreePort, Processes } from '../support/processes.ts';
import { waitUntil } from '../support/run-helpers.ts';
import { type BrowserPage, type Engine, MAX_WAIT_MS, VIEWPORT } from './engine.ts';
import { WebDriverError, WebDriverSession } from './webdriver.ts';

/** Errors of an element that is not there yet or is being replaced: the next attempt finds the new one. */
const PASSING_CODES = [
  'no such element',
  'stale element reference',
  'element not interactable',
  'element click intercepted',
  'no such frame',
];
/** Brings an element to the middle, where the sticky bar of the button does not cover it. */
const SCROLL_TO_MIDDLE = 'arguments[0].scrollIntoView({ block: "center", behavior: "instant" })';

/** Attempts something until the page is ready for it. */
async function attempt<T>(xpath: string, act: () => Promise<T>): Promise<T> {
  let lastError: WebDriverError | undefined;
  const result = await waitUntil(MAX_WAIT_MS, async () => {
    try {
      return { value: await act() };
    } catch (error) {
      if (!(error instanceof WebDriverError && PASSING_CODES.includes(error.code))) throw error;
      lastError = error;
      return undefined;
    }
  });
  if (!result) throw new Error(`${xpath}: ${lastError?.message}`);
  return result.value;
}

function createPage(session: WebDriverSession): BrowserPage {
  /** @returns the first visible match, in the middle of the window */
  const find = async (xpath: string) => {
    for (const element of await session.findAll(xpath)) {
      if (!(await session.isDisplayed(element))) continue;
      await session.runOn(element, SCROLL_TO_MIDDLE);
      return element;
    }
    throw new WebDriverError('no such element', 'none is visible');
  };
  const fill = async (xpath: string, text: string) => {
    const element = await find(xpath);
    if ((await session.getTag(element)).toLowerCase() !== 'select') await session.type(element, text);
    else await session.click(await find(`${xpath}/option[normalize-space()='${text}']`));
  };
  const fillInFrame = async (xpath: string, text: string, frameXpath: string) => {
    const frame = await find(frameXpath);
    // WebKit gives the focus to a field in a frame only when the frame has it.
    await session.click(frame);
    await session.enterFrame(frame);
    try {
      await fill(xpath, text);
    } finally {
      await session.leaveFrames();
    }
  };
  return {
    errors: undefined,
    goto: async (url) => {
      await session.goto(url);
    },
    getUrl: session.getUrl,
    getText: (xpath) =>
      attempt(xpath, async () => (await session.getProperty(await find(xpath), 'textContent')).trim()),
    getValue: (xpath) =>
      attempt(xpath, async () => session.getProperty((await session.findAll(xpath))[0] ?? '', 'value')),
    click: (xpath) =>
      attempt(xpath, async () => {
        await session.click(await find(xpath));
      }),
    fill: (xpath, text, frameXpath) =>
      attempt(xpath, () => (frameXpath ? fillInFrame(xpath, text, frameXpath) : fill(xpath, text))),
    takePicture: session.takePicture,
  };
}

/** Starts a driver, which controls one browser at a time, and opens a browser. */
async function openSession(processes: Processes, env: Record<string, string | undefined>): Promise<WebDriverSession> {
  const port = await findFreePort();
  const origin = `http://127.0.0.1:${port}`;
  // The driver prints nothing when it is ready, so it is asked; its promise settles only when it ends.
  const driver = processes.start<never>(
    'WebKitWebDriver',
    'WebKitWebDriver',
    [`--port=${port}`],
    { env },
    () => undefined,
  );
  const isReady = waitUntil(MAX_WAIT_MS, async () => (await fetch(`${origin}/status`).catch(() => undefined))?.ok);
  await Promise.race([driver, isReady]);
  const session = await WebDriverSession.open(origin, { acceptInsecureCerts: true });
  await session.resize(VIEWPORT.width, VIEWPORT.height);
  return session;
}

/** WebKitGTK's MiniBrowser on a display of its own, by W3C WebDriver. It reports no console errors. */
export const webkit: Engine = {
  name: 'WebKit',
  programs: ['WebKitWebDriver', 'Xvfb'],
  packages: ['webkit2gtk-driver', 'xvfb'],
  async start() {
    const [displays, drivers] = [new Processes(), new Processes()];
    const sessions: WebDriverSession[] = [];
    const display = await displays.start(
      'Xvfb',
      'Xvfb',
      ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'],
      { env: process.env },
      (line) => /^\d+$/.exec(line)?.[0],
    );
    return {
      openPage: async () => {
        const session = await openSession(drivers, { ...process.env, DISPLAY: `:${display}` });
        sessions.push(session);
        return createPage(session);
      },
      stop: async () => {
        for (const session of sessions) await session.close();
        await drivers.stop();
        await displays.stop();
      },
    };
  },
};

import type { Page } from '@playwright/test';
import { createPhone, expect, test } from '../../support/fixtures.ts';
import {
  createEmbeddedUrl,
  getEmbeddedFrame,
  readEvents,
  withBlockedCookies,
} from '../../support/pages/embedded-page.ts';
import { JourneyPage, type Lang, messages } from '../../support/pages/journey-page.ts';
import { callAction, getSameOriginHeaders } from '../../support/pages/server-actions.ts';
import { SENT_ADDRESS } from '../../support/pages/test-address.ts';
import { raas } from '../../support/stand-in-controls.ts';
import { getRun } from '../../support/test-run.ts';

const CARD = { number: '4111111111111111', expiry: '1128', code: '123' };
const createAnswers = (phoneNumber: string) => ({
  firstName: 'Ana',
  lastName: 'Garcia',
  dob: '1990-02-01',
  phoneNumber,
  ...SENT_ADDRESS,
});
const START = ['ready {}'];
const formatStep = (step: string) => `step {"step":"${step}"}`;
const EXIT_MESSAGE = '{"remittance":"exit","reason":"last-page"}';

/** Records every message that reaches the partner's page, as it came. The list outlives the page. */
async function recordMessages(page: Page): Promise<string[]> {
  const received: string[] = [];
  await page.exposeFunction('recordMessage', (text: string) => void received.push(text));
  await page.addInitScript(() => {
    const { recordMessage } = window as unknown as { recordMessage: (text: string) => void };
    if (window.parent === window) addEventListener('message', ({ data }) => recordMessage(JSON.stringify(data)));
  });
  return received;
}

/** The journey in the frame of the partner's page. */
function getEmbeddedJourney(page: Page, lang: Lang = 'en'): JourneyPage {
  const journey = new JourneyPage(page, getEmbeddedFrame(page));
  journey.lang = lang;
  return journey;
}

async function openJourney(page: Page, answers: object, lang: Lang = 'en'): Promise<JourneyPage> {
  await page.goto(await createEmbeddedUrl({ answers }, lang));
  return getEmbeddedJourney(page, lang);
}

/** Returns whether a frame of a third party can keep a cookie that is not partitioned. */
async function keepsThirdPartyCookie(page: Page): Promise<boolean> {
  await page.route('https://third.example/', (route) => {
    const body = `<script>document.cookie = 'third=1; Secure; SameSite=None'; parent.postMessage({ cookie: document.cookie }, '*')</script>`;
    return route.fulfill({ contentType: 'text/html', body });
  });
  const answer = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        addEventListener('message', ({ data }) => 'cookie' in data && resolve(data.cookie));
        const frame = document.createElement('iframe');
        frame.src = 'https://third.example/';
        document.body.append(frame);
      }),
  );
  return (await answer) !== '';
}

/** Presses the last button of the frame. @returns the journey in the whole window */
async function leaveFrame(journey: JourneyPage): Promise<JourneyPage> {
  await journey.expectTitle(journey.messages.lastPage.title);
  await journey.press(journey.messages.lastPage.action);
  const windowJourney = new JourneyPage(journey.page);
  windowJourney.lang = journey.lang;
  await windowJourney.expectTitle(journey.messages.review.title);
  return windowJourney;
}

test('a journey runs in a partner’s page, and its last page and the session link open in the whole window', async ({
  page,
}) => {
  const phone = createPhone();
  const journey = await openJourney(page, createAnswers(phone));
  await journey.expectTitle(messages.en.steps.payment.title);
  await journey.choosePayment('DigitalWallet');
  await journey.continue();
  await journey.expectTitle(messages.en.lastPage.title);
  await expect.poll(() => readEvents(page)).toEqual([...START, formatStep('payment'), formatStep('review')]);
  expect(await raas.getSubmitRequests(phone)).toEqual([]);
  const windowJourney = await leaveFrame(journey);
  expect(new URL(page.url()).origin).toBe(getRun().origins.app);
  await windowJourney.submit();
  await windowJourney.expectLink();
  const calls = await raas.getSubmitRequests(phone);
  expect(calls.map(({ status }) => status)).toEqual([200]);
  expect(JSON.parse(calls[0]?.body ?? '')).toMatchObject({ firstName: 'Ana', paymentMethodType: 'DigitalWallet' });
});

const SIZES = {
  phone: { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true },
  desk: { viewport: { width: 1280, height: 800 } },
};
for (const [size, options] of Object.entries(SIZES))
  for (const lang of ['es', 'en'] as const)
    test(`without third-party cookies, a whole journey with a card reaches the link: ${size}, ${lang}`, {
      tag: '@all',
    }, async () => {
      await withBlockedCookies('third-party', { ...options, locale: 'en-US' }, async (page, context) => {
        const received = await recordMessages(page);
        const phone = createPhone();
        const journey = await openJourney(page, {}, lang);
        await journey.expectTitle(journey.messages.steps.identity.title);
        expect(await keepsThirdPartyCookie(page)).toBe(false);
        await journey.goToCard(phone);
        const cookies = (await context.cookies()).map(({ name, sameSite, partitionKey }) => [
          name,
          sameSite,
          partitionKey,
        ]);
        const partner = expect.stringContaining('http://127.0.0.1');
        expect(cookies).toEqual([['__Host-framed-draft', 'None', partner]]);
        // Nothing of a frame stands beside its page: the partner's page gives it the height of its content.
        const frame = page.locator('remittance-onboarding iframe');
        const contentHeight = await journey.root.locator('html').evaluate((root) => root.scrollHeight);
        await expect.poll(async () => (await frame.boundingBox())?.height).toBeGreaterThanOrEqual(contentHeight - 1);
        expect(await journey.root.locator('html').evaluate((root) => root.scrollWidth - root.clientWidth)).toBe(0);
        await journey.fillCard(CARD);
        await journey.continue();
        await journey.expectTitle(journey.messages.lastPage.title);
        await expect
          .poll(() => readEvents(page))
          .toEqual([...START, ...['identity', 'address', 'payment', 'card', 'review'].map(formatStep)]);
        const windowJourney = await leaveFrame(journey);
        await windowJourney.submit();
        await windowJourney.expectLink();
        const [call, ...otherCalls] = await raas.getSubmitRequests(phone);
        expect(otherCalls).toEqual([]);
        expect(JSON.parse(call?.body ?? '').addCardParams).toMatchObject({ cardNetwork: 'Visa' });
        const log = received.join('\n');
        expect(log).toContain('"resize"');
        expect(log).toContain(EXIT_MESSAGE);
        const link = getRun().origins['links'] ?? '';
        for (const secret of ['Ana', 'Ruiz', 'Calle', '03800', phone.slice(-6), '1111', 'tok_', link])
          expect(log).not.toContain(secret);
      });
    });

const createAllAnswers = (phone: string) => ({ ...createAnswers(phone), paymentMethodType: 'DigitalWallet' });
const DONE = 'done {"result":"delivered"}';

test('a partner’s page that is open learns the end, never before there is one', { tag: '@all' }, async ({ page }) => {
  const phone = createPhone();
  const windowJourney = await leaveFrame(await openJourney(page, createAllAnswers(phone)));
  await raas.setNextAnswer(phone, { delayMs: 9_000 });
  await windowJourney.submit();
  await windowJourney.expectTitle(messages.en.outcome.sending.title);
  const journey = await openJourney(page, createAllAnswers(phone));
  await journey.expectTitle(messages.en.outcome.sending.title);
  await expect.poll(() => readEvents(page)).toEqual(START);
  await journey.expectTitle(messages.en.outcome.succeeded.title);
  await expect.poll(() => readEvents(page)).toEqual([...START, DONE]);
  expect(await raas.getSubmitRequests(phone)).toHaveLength(1);
});

test('a customer who comes back sees the end, and the link opens in the whole window', { tag: '@all' }, async ({
  page,
}) => {
  const url = await createEmbeddedUrl({ answers: createAllAnswers(createPhone()) }, 'en');
  await page.goto(url);
  const journey = getEmbeddedJourney(page);
  const windowJourney = await leaveFrame(journey);
  await windowJourney.submit();
  await windowJourney.expectLink();
  await page.goto(url);
  await journey.expectTitle(messages.en.outcome.succeeded.title);
  await expect.poll(() => readEvents(page)).toEqual([...START, DONE]);
  await journey.press(messages.en.outcome.succeeded.action);
  await windowJourney.expectTitle(messages.en.outcome.succeeded.title);
  await windowJourney.press(messages.en.outcome.succeeded.action);
  await windowJourney.expectLink();
});

test('an application of the whole window stays beside the frame’s, and is replaced only when the customer says so', {
  tag: '@all',
}, async ({ page, journey }) => {
  await journey.start('en');
  await journey.goToPayment(createPhone());
  const url = await createEmbeddedUrl({ answers: createAllAnswers(createPhone()) }, 'en');
  for (const [choice, title] of [
    ['keep', messages.en.steps.payment.title],
    ['start', messages.en.review.title],
  ] as const) {
    await page.goto(url);
    await getEmbeddedJourney(page).press(messages.en.lastPage.action);
    await journey.expectTitle(messages.en.partner.replace.title);
    await page.getByRole('button', { name: messages.en.partner.replace[choice] }).click();
    await journey.expectTitle(title);
  }
});

test('a page in a frame submits nothing and follows no link, whoever posts', { tag: '@all' }, async ({
  page,
  request,
}) => {
  const phone = createPhone();
  const journey = await openJourney(page, createAllAnswers(phone));
  await journey.expectTitle(messages.en.lastPage.title);
  const [cookie] = (await page.context().cookies()).filter(({ name }) => name === '__Host-framed-draft');
  const headers = { ...getSameOriginHeaders(), 'sec-fetch-dest': 'iframe', cookie: `${cookie?.name}=${cookie?.value}` };
  for (const [name, path, target] of [
    ['submitOnboarding', '/en/onboarding/review', '/en/onboarding/review'],
    ['followLink', '/en/onboarding/outcome', '/en/onboarding/outcome'],
  ] as const) {
    const answer = await callAction(request, name, { path, args: [], headers });
    expect([name, answer.status(), answer.headers()['location']]).toEqual([name, 303, target]);
  }
  expect(await raas.getSubmitRequests(phone)).toEqual([]);
});

const IN_FRAME = { 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate' };

test('only pages of the journey may be framed, by the listed pages alone; nothing else changes', {
  tag: '@all',
}, async ({ request }) => {
  const { partner = '' } = getRun().origins;
  for (const path of ['/partner', '/en', '/en/onboarding/identity', '/en/onboarding/card', '/en/link-refused']) {
    const [framed, whole] = [await request.get(path, { headers: IN_FRAME }), await request.get(path)];
    expect(framed.headers()['x-frame-options'], path).toBeUndefined();
    expect(framed.headers()['content-security-policy'], path).toContain(`frame-ancestors ${partner};`);
    expect(whole.headers()['x-frame-options'], path).toBe('DENY');
    expect(whole.headers()['content-security-policy'], path).toContain("frame-ancestors 'none';");
    const common = (headers: Record<string, string>) =>
      Object.entries(headers)
        .filter(
          ([name]) =>
            !/^(x-frame-options|content-security-policy|content-length|transfer-encoding|date|etag|link)$/.test(name),
        )
        .toSorted();
    expect(common(framed.headers()), path).toEqual(common(whole.headers()));
    expect(await whole.text()).not.toContain('data-parents');
  }
  for (const path of ['/en/assist/sign-in', '/en/continue', '/en/continue/help', '/en/no-such-page', '/healthz']) {
    const answer = await request.get(path, { headers: { ...IN_FRAME, 'x-framed': '1' } });
    expect(answer.headers()['x-frame-options'], path).toBe('DENY');
    expect(answer.headers()['content-security-policy'] ?? 'frame-ancestors', path).not.toContain(partner);
  }
});

test.describe('strangers', () => {
  test.use({ expectConsole: [/frame|CORS|Failed to load resource|postMessage|Content Security Policy/i] });

  test('a page of another origin cannot frame the journey, nor the partner’s page with it', { tag: '@all' }, async ({
    page,
    baseURL,
  }) => {
    const { partner = '' } = getRun().origins;
    const frames = [
      `${baseURL}/en`,
      `${baseURL}/partner`,
      `${baseURL}/en/onboarding/identity`,
      `${partner}/embedded/phone`,
    ];
    await page.route('https://evil.example/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: frames.map((src) => `<iframe src="${src}"></iframe>`).join(''),
      }),
    );
    await page.goto('https://evil.example/');
    await expect
      .poll(() => page.frames().filter((frame) => frame.url().startsWith('chrome-error:')).length)
      .toBe(frames.length);
    expect(page.frames().filter((frame) => frame.url().startsWith(`${baseURL}/`))).toEqual([]);
  });

  test('the partner’s page cannot read or script the frame, nor send in its name', { tag: '@all' }, async ({
    page,
  }) => {
    const { app: baseURL } = getRun().origins;
    const phone = createPhone();
    const journey = await openJourney(page, createAnswers(phone));
    await journey.expectTitle(messages.en.steps.payment.title);
    const statuses: number[] = [];
    page.on('response', (response) => {
      if (response.request().method() === 'POST' && response.url().startsWith(baseURL))
        statuses.push(response.status());
    });
    const results = await page.evaluate(async (app) => {
      const { contentWindow, contentDocument } = document.querySelector('iframe') ?? {};
      const attempt = async (action: () => unknown) => {
        try {
          return String(await action());
        } catch {
          return 'refused';
        }
      };
      const path = `${app}/en/onboarding/payment`;
      return {
        document: String(contentDocument),
        script: await attempt(() => contentWindow?.document),
        read: await attempt(() => fetch(path, { credentials: 'include' })),
        readAsFrame: await attempt(() => fetch(path, { credentials: 'include', headers: { 'x-framed': '1' } })),
        post: await attempt(async () => {
          const body = new URLSearchParams({ paymentMethodType: 'Card' });
          const answer = await fetch(`${path}/typed`, {
            method: 'POST',
            mode: 'no-cors',
            credentials: 'include',
            body,
          });
          return answer.type;
        }),
      };
    }, baseURL);
    expect(results).toEqual({
      document: 'null',
      script: 'refused',
      read: 'refused',
      readAsFrame: 'refused',
      post: expect.stringMatching(/opaque|refused/),
    });
    expect(statuses).toEqual([403]);
    await journey.root.locator('body').evaluate(() => location.reload());
    await expect(journey.root.getByRole('radio', { checked: true })).toHaveCount(0);
  });

  test('messages of other frames reach neither side', { tag: '@all' }, async ({ page }) => {
    await page.route('https://evil.example/', (route) =>
      route.fulfill({
        contentType: 'text/html',
        body: `<script>
          const heard = [];
          addEventListener('message', ({ data }) => heard.push(data));
          const frame = [...Array(parent.length).keys()].map((index) => parent[index]).find((other) => other !== window);
          parent.postMessage({ remittance: 'done', result: 'delivered' }, '*');
          frame.postMessage({ remittance: 'hello' }, '*');
          setTimeout(() => parent.postMessage({ heard }, '*'), 500);
        </script>`,
      }),
    );
    const received = await recordMessages(page);
    const journey = await openJourney(page, createAnswers(createPhone()));
    await journey.expectTitle(messages.en.steps.payment.title);
    const events = await readEvents(page);
    await page.evaluate(() => {
      const frame = document.createElement('iframe');
      frame.src = 'https://evil.example/';
      document.body.append(frame);
      // The page itself is no front door either.
      postMessage({ remittance: 'done', result: 'delivered' }, '*');
    });
    await expect.poll(() => received).toContain('{"heard":[]}');
    expect(await readEvents(page)).toEqual(events);
  });
});

test.describe('where a frame does not work', () => {
  test('a frame that never answers is given up, and the journey opens in the whole tab', { tag: '@all' }, async ({
    page,
    journey,
  }) => {
    await page.clock.install();
    await page.route(`${getRun().origins.app}/partner*`, (route) =>
      // An answer that never comes.
      route.request().frame().parentFrame() ? undefined : route.continue(),
    );
    const url = await createEmbeddedUrl({ answers: createAnswers(createPhone()) }, 'es');
    // The page is not loaded while its frame is not.
    await page.goto(url, { waitUntil: 'commit' });
    await expect(page.locator('iframe')).toBeVisible();
    await page.clock.fastForward(15_000);
    journey.lang = 'es';
    await journey.expectTitle(messages.es.steps.payment.title);
    expect(new URL(page.url()).origin).toBe(getRun().origins.app);
  });

  test('a browser that blocks all cookies goes to the whole tab, too, and is told there', { tag: '@all' }, async () => {
    await withBlockedCookies('all', { viewport: SIZES.desk.viewport, locale: 'en-US' }, async (page) => {
      await openJourney(page, createAnswers(createPhone()), 'es');
      await expect(page).toHaveURL(`${getRun().origins.app}/es/cookies`);
    });
  });
});

import { type BrowserContext, expect, type Page, test } from '@playwright/test';
import fc from 'fast-check';
import { HttpApplicant } from '../../support/http-applicant.ts';
import { JourneyPage, messages } from '../../support/pages/journey-page.ts';
import { raas } from '../../support/stand-in-controls.ts';
import { getRun } from '../../support/test-run.ts';

// People type, choose and press before, while and after the scripts of a page arrive. `npm run touches` does a thousand runs.

const RUNS = Number(process.env['TOUCH_RUNS'] ?? 24);
const SEED = Number(process.env['TOUCH_SEED'] ?? 22);
/** Runs of one test. */
const BATCH_SIZE = 12;

const scenarios = fc.sample(
  fc.record({
    /** `late`: the scripts arrive with one of the keys. `failing`: each request fails. `blocked`: no answer. */
    network: fc.constantFrom('fast', 'late', 'failing', 'blocked'),
    texts: fc.record(
      {
        firstName: fc.stringMatching(/^[a-z]{1,6}$/),
        lastName: fc.stringMatching(/^[a-z]{1,6}$/),
        email: fc.stringMatching(/^[a-z]{2,6}@x\.mx$/),
      },
      { requiredKeys: [] },
    ),
    hasChoice: fc.boolean(),
    /** The key with which late scripts arrive; past the last one they arrive with the press of the button. */
    arrivalKey: fc.nat(20),
    ending: fc.constantFrom('continue', 'continue twice', 'enter', 'back', 'language', 'submit', 'submit twice'),
  }),
  { numRuns: RUNS, seed: SEED },
);
type Scenario = (typeof scenarios)[number];

/** Lets the page's scripts arrive, fail or hang, as the scenario says. @returns a function that lets the late ones arrive */
async function routeScripts(context: BrowserContext, network: Scenario['network']): Promise<() => void> {
  const arrival = Promise.withResolvers<void>();
  if (network !== 'fast')
    await context.route('**/_next/static/**/*.js*', async (route) => {
      if (network === 'failing') return route.abort();
      await arrival.promise;
      // A page that was left has given up its scripts.
      return route.continue().catch(() => {});
    });
  return () => network === 'late' && arrival.resolve();
}

/** Types key by key at the end of each field. @returns what the page must show and keep */
async function typeAndChoose(page: Page, { texts, hasChoice, arrivalKey }: Scenario, letScriptsCome: () => void) {
  const values: Record<string, string> = {};
  let keyCount = 0;
  if (hasChoice || texts.email) await new JourneyPage(page).openOptionalFields();
  for (const [name, text] of Object.entries(texts)) {
    const field = page.locator(`[name=${name}]`);
    values[name] = (await field.inputValue()) + text;
    await field.click();
    await page.keyboard.press('End');
    for (const key of text) {
      if (keyCount === arrivalKey) letScriptsCome();
      keyCount += 1;
      await page.keyboard.press(key);
    }
  }
  if (hasChoice) {
    await page.locator('[name=birthState]').selectOption('MX-JAL');
    values['birthState'] = 'MX-JAL';
  }
  return values;
}

async function expectValues(page: Page, values: Record<string, string>): Promise<void> {
  for (const [name, value] of Object.entries(values)) await expect(page.locator(`[name=${name}]`)).toHaveValue(value);
}

async function leaveIdentity(page: Page, ending: Scenario['ending'], letScriptsCome: () => void): Promise<void> {
  const journey = new JourneyPage(page);
  const button = page.getByRole('button', { name: messages.en.form.continue });
  if (ending === 'back') await page.getByRole('link', { name: messages.en.form.back }).click({ noWaitAfter: true });
  else if (ending === 'enter') await page.locator('[name=lastName]').press('Enter', { noWaitAfter: true });
  else if (ending === 'continue twice') await button.dblclick({ noWaitAfter: true });
  else if (ending === 'continue') await button.click({ noWaitAfter: true });
  else await page.getByRole('button', { name: messages.en.site.languageLabel }).click({ noWaitAfter: true });
  letScriptsCome();
  if (ending === 'language') await expect(page).toHaveURL(/\/es\/onboarding\/identity/);
  else if (ending === 'back') await expect(page).toHaveURL(/\/en$/);
  else await journey.expectTitle(messages.en.review.title);
}

async function runOnIdentity(page: Page, scenario: Scenario, letScriptsCome: () => void): Promise<void> {
  await page.goto('/en/onboarding/identity');
  const values = await typeAndChoose(page, scenario, letScriptsCome);
  await expectValues(page, values);
  await leaveIdentity(page, scenario.ending, letScriptsCome);
  await page.goto('/en/onboarding/identity');
  await expectValues(page, values);
}

async function runOnReview(page: Page, { ending }: Scenario, phone: string, letScriptsCome: () => void): Promise<void> {
  await page.goto('/en/onboarding/review');
  const button = page.getByRole('button', { name: messages.en.review.submit });
  if (ending === 'submit twice') await button.dblclick({ noWaitAfter: true });
  else await button.click({ noWaitAfter: true });
  letScriptsCome();
  await new JourneyPage(page).expectLink();
  expect(await raas.getSubmitRequests(phone)).toHaveLength(1);
}

for (let first = 0; first < RUNS; first += BATCH_SIZE) {
  test(`runs from ${first} of seed ${SEED} lose nothing and send nothing twice`, { tag: '@all' }, async ({
    browser,
  }) => {
    const { app, server = '' } = getRun().origins;
    for (const [index, scenario] of scenarios.slice(first, first + BATCH_SIZE).entries())
      await test.step(`run ${first + index}: ${JSON.stringify(scenario)}`, async () => {
        const person = new HttpApplicant(undefined, app);
        await person.fill(Number(new URL(server).port));
        const context = await browser.newContext({ baseURL: app });
        await context.addCookies([person.browserCookie]);
        const page = await context.newPage();
        const problems: string[] = [];
        page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
        page.on('pageerror', (error) => problems.push(String(error)));
        const letScriptsCome = await routeScripts(context, scenario.network);
        if (scenario.ending.startsWith('submit')) await runOnReview(page, scenario, person.phone, letScriptsCome);
        else await runOnIdentity(page, scenario, letScriptsCome);
        const isExpected = (text: string) => scenario.network === 'failing' && /ERR_FAILED/.test(text);
        expect(problems.filter((text) => !isExpected(text))).toEqual([]);
        await context.close();
      });
  });
}

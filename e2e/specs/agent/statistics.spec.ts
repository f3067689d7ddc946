import { createPhone, expect, test } from '../../support/fixtures.ts';
import { agentMessages, openAgentPage, signIn, startCase } from '../../support/pages/agent.ts';
import { JourneyPage, messages } from '../../support/pages/journey-page.ts';

const w = messages.en.assist.figures;

/** The rows of a table of the page, cell by cell. */
const parseCsv = (csv: string) =>
  csv
    .trim()
    .split('\r\n')
    .map((line) => line.split(','));

test('a supervisor sees how far journeys get, where they go wrong, and the tables behind; an agent does not', {
  tag: '@all',
}, async ({ page, journey, browser, baseURL }) => {
  // A journey in another shop.
  const carla = await openAgentPage(browser, baseURL, 'carla');
  const phone = createPhone();
  await startCase(carla, phone);
  const assistedJourney = new JourneyPage(carla);
  await assistedJourney.expectTitle(agentMessages.en.steps.identity.title);
  await carla.context().close();

  await signIn(page, 'diana');
  await page.getByRole('link', { name: w.title }).click();
  await journey.expectTitle(w.title);
  await page.getByLabel(w.by).selectOption('shop');
  await page.getByRole('button', { name: w.show }).click();
  await expect(page.getByRole('table', { name: `${w.funnel}: norte` })).toContainText(w.stages.begun);
  await expect(page.getByText('carla')).toHaveCount(0);
  const table = await page.request.get(
    (await page.getByRole('link', { name: w.csv }).first().getAttribute('href')) ?? '',
  );
  expect(table.headers()).toMatchObject({
    'content-type': 'text/csv; charset=utf-8',
    'cache-control': 'private, no-store',
  });
  const [head = [], ...rows] = parseCsv(await table.text());
  expect(head.slice(0, 6)).toEqual(['shop', 'begun', 'identity', 'address', 'payment', 'delivered']);
  expect(Number(rows.find(([shop]) => shop === 'norte')?.[1])).toBeGreaterThanOrEqual(1);

  // Single agents are shown for the supervisor's own shop only.
  await page.getByLabel(w.by).selectOption('agent');
  await page.getByRole('button', { name: w.show }).click();
  await expect(page.getByText('carla')).toHaveCount(0);

  // Days that are none are said to be none, and stay as they were written.
  await page.goto('/en/assist/figures?from=2026-02-03&to=2026-02-01');
  await expect(page.getByRole('alert').filter({ hasText: w.range })).toBeVisible();
  await expect(page.getByLabel(w.from)).toHaveValue('2026-02-03');
  await page.goto('/en/assist/figures?from=2020-01-01&to=2020-01-31');
  await expect(page.getByText(w.none)).toBeVisible();

  const ana = await openAgentPage(browser, baseURL, 'ana');
  for (const path of ['/en/assist/figures', '/en/assist/figures/csv?table=funnel', '/en/assist/parked'])
    expect((await ana.request.get(path)).status()).toBe(404);
  await ana.context().close();
});

test('errors that reach the server count as mended or lost', { tag: '@all' }, async ({ browser, baseURL, page }) => {
  // Without script every error reaches the server.
  const scriptlessPage = await (
    await browser.newContext({ baseURL: baseURL ?? '', javaScriptEnabled: false })
  ).newPage();
  const journey = new JourneyPage(scriptlessPage);
  await journey.start('en');
  const phone = createPhone();
  await journey.fillIdentity({ firstName: 'Rosa', lastName: 'Luna', birth: ['1', '2', '1990'], phone });
  await journey.continue();
  await journey.expectTitle(messages.en.steps.address.title);
  await journey.fillAddress();
  await scriptlessPage.locator('[name=zipCode]').fill('9');
  await journey.continue();
  await expect(scriptlessPage.getByText(messages.en.errors.zipCode.mexican).first()).toBeVisible();

  await signIn(page, 'diana');
  const readErrorRow = async () => {
    const table = await page.request.get('/en/assist/figures/csv?table=errors');
    const [, fixedCount = '0', abandonedCount = '0'] =
      parseCsv(await table.text()).find(([field]) => field === 'zipCode') ?? [];
    return { mended: Number(fixedCount), lost: Number(abandonedCount) };
  };
  await expect.poll(async () => (await readErrorRow()).lost).toBeGreaterThanOrEqual(1);
  const rowBefore = await readErrorRow();
  await scriptlessPage.locator('[name=zipCode]').fill('03800');
  await journey.continue();
  await journey.expectTitle(messages.en.steps.payment.title);
  await expect.poll(async () => (await readErrorRow()).mended).toBeGreaterThan(rowBefore.mended);
  await page.goto('/en/assist/figures?by=mode');
  await expect(page.getByRole('table', { name: `${w.funnel}: ${w.names.self}` })).toBeVisible();
  await expect(page.getByRole('table', { name: w.errors })).toContainText(messages.en.steps.address.zipCode);
  await scriptlessPage.context().close();
});

test('a supervisor chooses a period, compares it, sorts the groups, and reads the names of agents and steps', {
  tag: '@all',
}, async ({ page, journey, browser, baseURL }) => {
  const { presets, compare, trend } = w;
  const ana = await openAgentPage(browser, baseURL, 'ana');
  await startCase(ana, createPhone());
  await new JourneyPage(ana).expectTitle(agentMessages.en.steps.identity.title);
  await ana.context().close();

  await signIn(page, 'diana');
  await page.getByRole('link', { name: w.title }).click();
  await journey.expectTitle(w.title);
  const week = page.getByRole('navigation', { name: presets.label }).getByRole('link', { name: presets.week });
  await week.click();
  await expect(week).toHaveAttribute('aria-current', 'true');
  await expect(page.getByRole('heading', { name: compare.title.replace('{days}', '7') })).toBeVisible();
  await expect(page.getByRole('heading', { name: trend.title })).toBeVisible();

  await page.getByLabel(w.by).selectOption('agent');
  await page.getByRole('button', { name: w.show }).click();
  const groups = page.getByRole('table', { name: w.groups });
  await expect(groups.getByRole('rowheader', { name: 'Ana Torres' })).toBeVisible();
  await expect(page.getByText('ana', { exact: true })).toHaveCount(0);
  await expect(groups).toContainText(agentMessages.en.steps.identity.short);
  await groups.getByRole('link', { name: w.sort.replace('{column}', w.name) }).click();
  await expect(groups.locator('th[aria-sort=ascending]')).toHaveText(new RegExp(`^${w.name}`));
  await expect(week).toHaveAttribute('aria-current', 'true');
});

import { readFileSync } from 'node:fs';
import type { BrowserContext } from '@playwright/test';
import { createPhone, expect, test } from '../../support/fixtures.ts';
import { getLinkOrigin, raas } from '../../support/stand-in-controls.ts';
import { getEvidencePaths, getRun } from '../../support/test-run.ts';

const LINK_PATTERN = /^http:\/\/127\.0\.0\.1:\d+\/[A-Za-z0-9]{5}$/;

/** The check page's form as a browser without script would post it. */
async function createPlainPost(context: BrowserContext, origin: string) {
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const url = `${origin}/en/onboarding/review`;
  const html = await (await fetch(url, { headers: { cookie } })).text();
  const form = new FormData();
  const decodeHtml = (text: string) => text.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
  for (const [, name = '', value = ''] of html.matchAll(/<input type="hidden" name="([^"]+)"(?: value="([^"]*)")?/g)) {
    form.set(decodeHtml(name), decodeHtml(value));
  }
  return () => fetch(url, { method: 'POST', body: form, headers: { cookie, origin }, redirect: 'manual' });
}

test('twenty identical submits at once make one upstream call and all end at the same link', async ({
  journey,
  context,
  baseURL,
}) => {
  const phone = createPhone();
  await journey.start('en');
  await journey.goToReviewWithWallet(phone);
  await raas.setNextAnswer(phone, { delayMs: 700 });
  const post = await createPlainPost(context, baseURL ?? '');
  const answers = await Promise.all(Array.from({ length: 20 }, () => post()));
  const locations = answers.map(({ headers }) => headers.get('location'));
  expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 303));
  expect(new Set(locations).size).toBe(1);
  expect(locations[0]).toMatch(LINK_PATTERN);
  expect(await raas.getSubmitRequests(phone)).toHaveLength(1);
});

test('words that have changed since the page was drawn are shown again before anything is sent', {
  tag: '@all',
}, async ({ page, journey }) => {
  const phone = createPhone();
  await journey.start('en');
  await journey.goToReviewWithWallet(phone);
  await page.locator('[name=consent]').evaluate((input: HTMLInputElement) => {
    input.value = 'f0'.repeat(32);
  });
  await journey.submit();
  await expect(page.getByText(journey.messages.review.reworded)).toBeVisible();
  expect(await raas.getSubmitRequests(phone)).toEqual([]);
  await journey.submit();
  await journey.expectLink();
  expect(await raas.getSubmitRequests(phone)).toHaveLength(1);
});

test('a double click and a second tab make one call', { tag: '@all' }, async ({ page, journey, context }) => {
  const phone = createPhone();
  await journey.start('en');
  await journey.goToReviewWithWallet(phone);
  const otherPage = await context.newPage();
  await otherPage.goto('/en/onboarding/review');
  await raas.setNextAnswer(phone, { delayMs: 700 });
  await page.getByRole('button', { name: journey.messages.review.submit }).dblclick();
  await otherPage.getByRole('button', { name: journey.messages.review.submit }).click();
  await expect(page).toHaveURL(LINK_PATTERN);
  await expect(otherPage).toHaveURL(page.url());
  expect(await raas.getSubmitRequests(phone)).toHaveLength(1);
});

test('who comes back after the end finds the end, and the same link, and no answers', { tag: '@all' }, async ({
  page,
  journey,
}) => {
  const phone = createPhone();
  await journey.start('en');
  await journey.goToReviewWithWallet(phone);
  await journey.submit();
  await expect(page).toHaveURL(LINK_PATTERN);
  const link = page.url();
  await page.goBack();
  await page.reload();
  await journey.expectTitle(journey.messages.outcome.succeeded.title);
  await page.goto('/en/onboarding/identity');
  await journey.expectTitle(journey.messages.outcome.succeeded.title);
  await page.getByRole('button', { name: journey.messages.outcome.succeeded.action }).click();
  await expect(page).toHaveURL(link);
  await page.goto('/en/onboarding/outcome');
  await page.getByRole('button', { name: journey.messages.outcome.startOver }).click();
  await journey.expectTitle(journey.messages.start.title);
  await page.getByRole('link', { name: journey.messages.start.begin }).click();
  await expect(page.locator('[name=firstName]')).toHaveValue('');
  expect(await raas.getSubmitRequests(phone)).toHaveLength(1);
});

test('a form left open in another tab changes nothing that was sent', { tag: '@all' }, async ({
  page,
  journey,
  context,
}) => {
  const phone = createPhone();
  await journey.start('en');
  await journey.goToReviewWithWallet(phone);
  const otherPage = await context.newPage();
  await otherPage.goto('/en/onboarding/identity');
  await journey.submit();
  await expect(page).toHaveURL(LINK_PATTERN);
  await otherPage.locator('[name=firstName]').fill('Somebody else');
  await otherPage.getByRole('button', { name: journey.messages.form.continue }).click();
  await expect(otherPage.getByRole('heading', { level: 1 })).toHaveText(journey.messages.outcome.succeeded.title);
  expect(await raas.getSubmitRequests(phone)).toHaveLength(1);
});

const HOSTILE_LINKS = {
  'plain http on a listed name': () => getLinkOrigin().replace('127.0.0.1', 'links-dev.nomas.cash'),
  'a foreign host': () => 'https://links-dev.nomas.cash.evil.example/Q1nO3',
  javascript: () => 'javascript:alert(document.domain)',
  'user info': () => getLinkOrigin().replace('http://', 'https://user:password@'),
  'a host before the listed one': () => `https://evil.example/${getLinkOrigin()}`,
  '64 kB': () => `${getLinkOrigin()}/${'a'.repeat(64_000)}`,
};
for (const [label, link] of Object.entries(HOSTILE_LINKS)) {
  const details = { tag: label === 'a foreign host' ? [] : '@all' };
  const setNextLink = (phone: string) =>
    raas.setNextAnswer(phone, {
      status: 200,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ link: link() }),
    });

  test(`a returned link with ${label} is never followed`, details, async ({ page, journey, baseURL }) => {
    const phone = createPhone();
    await journey.start('en');
    await journey.goToReviewWithWallet(phone);
    await setNextLink(phone);
    const visitedUrls: string[] = [];
    page.on('request', (request) => request.url().startsWith(baseURL ?? '') || visitedUrls.push(request.url()));
    await journey.submit();
    await journey.expectTitle(journey.messages.outcome.checking.title);
    expect(visitedUrls).toEqual([]);
    expect(await raas.getSubmitRequests(phone)).toHaveLength(1);
  });

  test(`a returned link with ${label} is not followed without script either`, { tag: '@all' }, async ({
    journey,
    context,
    baseURL,
  }) => {
    const phone = createPhone();
    await journey.start('en');
    await journey.goToReviewWithWallet(phone);
    await setNextLink(phone);
    const response = await (await createPlainPost(context, baseURL ?? ''))();
    expect(response.status).toBe(303);
    expect(new URL(response.headers.get('location') ?? '', baseURL).href).toBe(`${baseURL}/en/onboarding/outcome`);
  });
}

test('a refusal leads back to the answers in neutral words, and mended answers are sent', async ({ page, journey }) => {
  const phone = createPhone();
  await journey.start('es');
  await journey.goToReviewWithWallet(phone);
  await raas.setNextAnswer(phone, {
    status: 400,
    body: { code: 'ERROR_USER_ALREADY_ENROLLED', reason: 'User already enrolled' },
  });
  await journey.submit();
  await journey.expectTitle(journey.messages.outcome.refused.title);
  expect(await page.content()).not.toMatch(/enrolled/i);
  await page.getByRole('link', { name: journey.messages.outcome.refused.action }).click();
  await page.getByRole('link', { name: /Cambiar Tus datos/ }).click();
  await page.locator('[name=lastName2]').fill('Mora');
  await journey.continue();
  await journey.expectTitle(journey.messages.review.title);
  await journey.submit();
  await expect(page).toHaveURL(LINK_PATTERN);
  expect(await raas.getSubmitRequests(phone)).toHaveLength(2);
});

test('a lost answer is not sent again, whatever the customer does', async ({ page, journey }) => {
  const phone = createPhone();
  await journey.start('en');
  await journey.goToReviewWithWallet(phone);
  await raas.setNextAnswer(phone, { reset: true });
  await journey.submit();
  await journey.expectTitle(journey.messages.outcome.checking.title);
  await page.getByRole('link', { name: journey.messages.outcome.lookAgain }).click();
  await page.goto('/en/onboarding/review');
  await journey.expectTitle(journey.messages.outcome.checking.title);
  expect(await raas.getSubmitRequests(phone)).toHaveLength(1);
});

test('an upstream that turns the call away leaves everything ready for another try', { tag: '@all' }, async ({
  page,
  journey,
}) => {
  const phone = createPhone();
  await journey.start('en');
  await journey.goToReviewWithWallet(phone);
  await raas.setNextAnswer(phone, { status: 503, headers: { 'retry-after': '86400' }, body: 'Service Unavailable' });
  await journey.submit();
  await journey.expectTitle(journey.messages.outcome['not-sent'].title);
  // A day from now, to the minute, in the partner's zone and with its name.
  await expect(page.getByRole('status')).toContainText(/ \d{1,2}(:\d{2})? ?[AP]M (CST|GMT-6)\./);
  expect(await raas.getSubmitRequests(phone)).toHaveLength(1);
  await page.getByRole('link', { name: journey.messages.outcome['not-sent'].action }).click();
  await journey.submit();
  await expect(page).toHaveURL(LINK_PATTERN);
});

test('a browser may report faults by name, and nothing else', async ({ request, baseURL }) => {
  const sendReport = async (label: string, origin: string) =>
    (await request.post(`/en/browser-report?what=${label}`, { headers: { origin } })).status();
  expect(await sendReport('maps.quota', baseURL ?? '')).toBe(204);
  expect(await sendReport('Maria-Garcia', baseURL ?? '')).toBe(400);
  expect(await sendReport('maps.quota', 'https://evil.example')).toBe(403);
  const log = readFileSync(getEvidencePaths(getRun().folder).log, 'utf8');
  expect(log).toContain('"what":"maps.quota"');
  expect(log).not.toContain('Maria-Garcia');
});

test('a post from another site is refused', { tag: '@all' }, async ({ journey, context, baseURL }) => {
  const phone = createPhone();
  await journey.start('en');
  await journey.goToReviewWithWallet(phone);
  const cookie = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, {}] as Record<string, string>[]) {
    const response = await fetch(`${baseURL}/en/onboarding/review`, {
      method: 'POST',
      body: new FormData(),
      headers: { cookie, ...headers },
    });
    expect(response.status).toBe(403);
  }
  expect(await raas.getSubmitRequests(phone)).toEqual([]);
});

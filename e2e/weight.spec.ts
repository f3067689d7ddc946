import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, freshPhone, test } from './fixtures.ts';

/** How much script a step may load above the framework's own, and the search on top when somebody goes there. */
const STEP_BUDGET = 40_000;
const SEARCH_BUDGET = 45_000;

/** Bytes of these files as they travel, gzipped; the heads of the answers are not counted. */
const weight = (files: readonly string[]) =>
  files.reduce((sum, file) => sum + gzipSync(readFileSync(join('.next', file))).length, 0);
const fileOf = (pathname: string) => decodeURIComponent(pathname).replace('/_next/', '');
/** What a page without anything of ours would load: the framework's and React's own files. */
const bare = () => weight(JSON.parse(readFileSync('.next/build-manifest.json', 'utf8')).rootMainFiles);

test('no page loads more script than its budget before somebody does something', async ({ page, journey, baseURL }) => {
  const loaded = new Set<string>();
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    if (request.resourceType() === 'script' && origin === baseURL) loaded.add(fileOf(pathname));
  });
  await journey.start('en');
  await journey.toCard(freshPhone());
  for (const path of [
    '/en',
    '/en/onboarding/identity',
    '/en/onboarding/address',
    '/en/onboarding/payment',
    '/en/onboarding/card',
  ]) {
    loaded.clear();
    await page.goto(path, { waitUntil: 'load' });
    const extra = weight([...loaded]) - bare();
    console.log(`${path}: ${(extra / 1000).toFixed(1)} kB above a bare page`);
    expect(extra, path).toBeLessThan(STEP_BUDGET);
  }
});

test('the search loads no more than its budget when somebody goes there', async ({ page, journey, baseURL }) => {
  await journey.start('en');
  await journey.identity({ firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'], phone: freshPhone() });
  await journey.continue();
  await journey.expectTitle(journey.words.steps.address.title);
  const loaded: string[] = [];
  page.on('request', (request) => {
    const { origin, pathname } = new URL(request.url());
    if (request.resourceType() === 'script' && origin === baseURL) loaded.push(fileOf(pathname));
  });
  const search = journey.words.steps.address.search;
  await page.getByLabel(search).first().click();
  await expect(page.getByRole('combobox', { name: search })).toBeFocused();
  console.log(`the search: ${(weight(loaded) / 1000).toFixed(1)} kB`);
  expect(weight(loaded)).toBeLessThan(SEARCH_BUDGET);
});

import { createPhone, expect, test } from '../../support/fixtures.ts';
import { acceptHandOver, handOverCase, openCustomerPhone, signIn, startCase } from '../../support/pages/agent.ts';
import { callAction, getSameOriginHeaders } from '../../support/pages/server-actions.ts';

/** Of a name and its value: half of what browsers keep (RFC 6265, section 6.1). */
const MAX_COOKIE_BYTES = 2_048;
type Header = { name: string; value: string };

test('every cookie has the prefix, every attribute and a size that browsers keep', async ({
  page,
  request,
  browser,
  baseURL,
}) => {
  const customerPage = await openCustomerPhone(browser, baseURL);
  const answers: Promise<Header[]>[] = [];
  for (const context of [page.context(), customerPage.context()])
    context.on('response', (response) => {
      // The identity provider and the vendor's pages have cookies of their own.
      if (response.url().startsWith(`${baseURL}/`)) answers.push(response.headersArray());
    });
  await signIn(page, 'ana');
  await startCase(page, createPhone());
  const { link } = await handOverCase(page);
  await acceptHandOver(page, customerPage, link);
  const helpResponse = await callAction(request, 'askForHelp', { path: '/en/continue/help', args: ['en'] });
  // The largest one: a sign-in that ends as many sessions on other devices as one may.
  const sessionFields = Array.from({ length: 21 }, (_, index) => ['ends', String(index).padStart(43, 'x')]);
  const largestResponse = await request.post('/assist/sign-in', {
    data: new URLSearchParams([['lang', 'en'], ...sessionFields]).toString(),
    headers: { ...getSameOriginHeaders(), 'content-type': 'application/x-www-form-urlencoded' },
    maxRedirects: 0,
  });
  const headers = [
    ...(await Promise.all(answers)).flat(),
    ...helpResponse.headersArray(),
    ...largestResponse.headersArray(),
  ];
  const cookies = headers
    .filter(({ name }) => name.toLowerCase() === 'set-cookie')
    .flatMap(({ value }) => value.split('\n'))
    .map((text) => text.split('; '));
  const names = new Set<string>();
  for (const [pair = '', ...attributes] of cookies) {
    const [name = '', value] = pair.split('=');
    expect(pair.length, name).toBeLessThan(MAX_COOKIE_BYTES);
    expect(attributes, name).toEqual(expect.arrayContaining(['Path=/', 'Secure', 'HttpOnly', 'SameSite=lax']));
    expect(attributes.join(), name).not.toMatch(/domain/i);
    // The rest of a sign-in's name is its state.
    if (value) names.add(name.replace(/(?<=^__Host-sign-in)-.*/, ''));
  }
  expect([...names].toSorted()).toEqual([
    '__Host-agent',
    '__Host-draft',
    '__Host-hand-over',
    '__Host-help',
    '__Host-sign-in',
  ]);
  await customerPage.context().close();
});

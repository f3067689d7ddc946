import { expect, freshPhone, test } from '../../support/fixtures.ts';
import { accept, beginCase, customersPhone, handOverCase, signIn } from '../../support/pages/agent.ts';
import { callAction, fromOurPage } from '../../support/pages/server-actions.ts';

/** Of a name and its value: half of what browsers keep (RFC 6265, section 6.1). */
const MOST_COOKIE_BYTES = 2_048;
type Header = { name: string; value: string };

test('every cookie has the prefix, every attribute and a size that browsers keep', async ({
  page,
  request,
  browser,
  baseURL,
}) => {
  const theirs = await customersPhone(browser, baseURL);
  const answers: Promise<Header[]>[] = [];
  for (const context of [page.context(), theirs.context()])
    context.on('response', (response) => {
      // The identity provider and the vendor's pages have cookies of their own.
      if (response.url().startsWith(`${baseURL}/`)) answers.push(response.headersArray());
    });
  await signIn(page, 'ana');
  await beginCase(page, freshPhone());
  const { link } = await handOverCase(page);
  await accept(page, theirs, link);
  const help = await callAction(request, 'askForHelp', { path: '/en/continue/help', args: ['en'] });
  // The largest one: a sign-in that ends as many sessions on other devices as one may.
  const ends = Array.from({ length: 21 }, (_, at) => ['ends', String(at).padStart(43, 'x')]);
  const largest = await request.post('/assist/sign-in', {
    data: new URLSearchParams([['lang', 'en'], ...ends]).toString(),
    headers: { ...fromOurPage(), 'content-type': 'application/x-www-form-urlencoded' },
    maxRedirects: 0,
  });
  const headers = [...(await Promise.all(answers)).flat(), ...help.headersArray(), ...largest.headersArray()];
  const cookies = headers
    .filter(({ name }) => name.toLowerCase() === 'set-cookie')
    .flatMap(({ value }) => value.split('\n'))
    .map((text) => text.split('; '));
  const names = new Set<string>();
  for (const [pair = '', ...attributes] of cookies) {
    const [name = '', value] = pair.split('=');
    expect(pair.length, name).toBeLessThan(MOST_COOKIE_BYTES);
    expect(attributes, name).toEqual(expect.arrayContaining(['Path=/', 'Secure', 'HttpOnly', 'SameSite=lax']));
    expect(attributes.join(), name).not.toMatch(/domain/i);
    // The rest of a sign-in's name is its state.
    if (value) names.add(name.replace(/(?<=^__Host-sign-in)-.*/, ''));
  }
  expect([...names].toSorted()).toEqual([
    ...['__Host-agent', '__Host-draft', '__Host-hand-over', '__Host-help', '__Host-sign-in'],
  ]);
  await theirs.context().close();
});

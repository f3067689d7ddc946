import { createHash } from 'node:crypto';
import { type BrowserContext, test as base, expect } from '@playwright/test';
import { Client } from 'pg';
import { createRaasControl } from '../../support/control-client.ts';
import { sendRequest } from '../../support/http.ts';
import { HttpApplicant, parseView } from '../../support/http-applicant.ts';
import { messages } from '../../support/pages/journey-page.ts';
import { startPostgres } from '../../support/postgres.ts';
import { type Stack, startStack } from '../../support/stack.ts';

/** A text of the upstream that no page may show. */
const RAW_TEXT = 'raw-upstream-text';
/** Short times, so that the app soon gives up an answer that never comes. */
const SHORT_TIMES = {
  RAAS_CONNECT_MS: '500',
  RAAS_HEADERS_MS: '900',
  RAAS_IDLE_BODY_MS: '700',
  RAAS_TOTAL_MS: '2500',
  RAAS_LOOKUP_MS: '800',
  BREAKER_IN_A_ROW: '1000000',
  BREAKER_PERCENT: '100',
  SHED_DELAY_MS: '60000',
};

type FaultSetup = { stack: Stack; context: BrowserContext; readState: (cookie: string) => Promise<string> };
const test = base.extend<object, { setup: FaultSetup }>({
  setup: [
    async ({ browser }, use) => {
      const postgres = await startPostgres();
      const stack = await startStack({ ports: 'free', env: { ...SHORT_TIMES, DATABASE_URL: postgres.url } });
      const client = new Client({ connectionString: postgres.url });
      await client.connect();
      const readState = async (cookie: string) => {
        const id = createHash('sha256')
          .update(cookie.split('=')[1] ?? '')
          .digest('base64url');
        const { rows } = await client.query('select state from submissions where draft_id = $1', [id]);
        return rows.map(({ state }) => state).join();
      };
      // One browser for all, so that it knows the scripts. Who came before leaves nothing but them.
      const context = await browser.newContext({ baseURL: stack.origins.app });
      await use({ stack, context, readState });
      await context.close();
      await client.end();
      await stack.stop();
      await postgres.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
});

type Answer = Parameters<ReturnType<typeof createRaasControl>['setNextAnswer']>[1];
type ExpectedEnding = 'checking' | 'refused' | 'not-sent' | 'link' | { field: string };
const STATE = { checking: 'ambiguous', refused: 'refused', 'not-sent': 'received', link: 'succeeded' };

const json = { 'content-type': 'application/json' };
const createStatus = (createError: number, headers: Record<string, string> = {}): Answer => ({
  status: createError,
  headers: { ...json, ...headers },
  body: JSON.stringify({ reason: RAW_TEXT }),
});
const createOk = (body: string, headers: Record<string, string> = json): Answer => ({ status: 200, headers, body });
const createError = (value: string): Answer => ({
  status: 400,
  headers: json,
  body: JSON.stringify({ code: value, reason: RAW_TEXT }),
});
const createDetail = (statusDetail: string): Answer =>
  createOk(JSON.stringify({ statusDetail, status: 'Failed', reason: RAW_TEXT }));
const link = (value: unknown): Answer => createOk(JSON.stringify({ link: value, reason: RAW_TEXT }));
const getSoonDate = () => new Date(Date.now() + 1_000).toUTCString();

const FAULTS = [
  'reset',
  'close',
  'headers stall',
  'headers drip',
  'body stall',
  'body drip',
  'reset in the body',
  '10 MB',
  'gzip bomb',
  'chained encodings',
  '100 headers',
  '32 kB header',
  '100-continue noise',
  '1xx flood',
  'HTTP/0.9',
  'too long a length',
  'too short a length',
  'two lengths',
  'two answers',
];

type FaultCase = [string, Answer, ExpectedEnding];
const CASES: FaultCase[] = [
  ...FAULTS.map((fault): [string, Answer, ExpectedEnding] => [fault, { fault }, 'checking']),
  ['200 with HTML', createOk(`<html>${RAW_TEXT}</html>`, { 'content-type': 'text/html' }), 'checking'],
  ['200 with nothing', createOk(''), 'checking'],
  ['200 with null', createOk('null'), 'checking'],
  ['200 with a list', createOk('[]'), 'checking'],
  ['200 with a number', createOk('7'), 'checking'],
  ['200 with half a JSON', createOk(`{"link": "${RAW_TEXT}`), 'checking'],
  ['200 with a byte order mark', createOk('\ufeff{"link":"http://127.0.0.1/a"}'), 'checking'],
  ['200 in UTF-16', createOk([...'{"link":"a"}'].join('\0')), 'checking'],
  ['200 nested deeply', createOk('['.repeat(30_000)), 'checking'],
  ['200 nested a hundred thousand deep', createOk('['.repeat(100_000)), 'checking'],
  ['200 with __proto__', createOk('{"__proto__":{"link":"http://127.0.0.1/a"}}'), 'checking'],
  ['200 of another type', createOk('{"link":"http://127.0.0.1/a"}', { 'content-type': 'text/plain' }), 'checking'],
  ['a missing link', createOk('{}'), 'checking'],
  ['an empty link', link(''), 'checking'],
  ['a link that is no text', link({ a: 1 }), 'checking'],
  ['a link by http:', link('http://links-dev.nomas.cash/a'), 'checking'],
  ['a foreign link', link('https://evil.example/a'), 'checking'],
  ['a javascript: link', link('javascript:alert(1)'), 'checking'],
  ['a link with user info', link('https://a:b@127.0.0.1/a'), 'checking'],
  ['a link of 60 kB', link(`http://127.0.0.1/${'a'.repeat(60_000)}`), 'checking'],
  ['a link of 64 kB', link(`http://127.0.0.1/${'a'.repeat(65_536)}`), 'checking'],
  ...[201, 202, 206].map((value): [string, Answer, ExpectedEnding] => [
    `${value} without a link`,
    createStatus(value),
    'checking',
  ]),
  ['204', { status: 204, body: '' }, 'checking'],
  ...[301, 302, 303, 307, 308].map((value): [string, Answer, ExpectedEnding] => [
    `${value}`,
    createStatus(value, { location: 'https://evil.example/' }),
    'checking',
  ]),
  ...[400, 409, 422, 451].map((value): [string, Answer, ExpectedEnding] => [
    `${value}`,
    createStatus(value),
    'refused',
  ]),
  ...[401, 403, 404, 405, 410, 413, 415].map((value): [string, Answer, ExpectedEnding] => [
    `${value}`,
    createStatus(value),
    'not-sent',
  ]),
  ...[408, 418, 500, 502, 503, 504, 599].map((value): [string, Answer, ExpectedEnding] => [
    `${value}`,
    createStatus(value),
    'checking',
  ]),
  ['400 with HTML', { status: 400, headers: { 'content-type': 'text/html' }, body: `<h1>${RAW_TEXT}</h1>` }, 'refused'],
  [
    '502 with HTML',
    { status: 502, headers: { 'content-type': 'text/html' }, body: `<h1>${RAW_TEXT}</h1>` },
    'checking',
  ],
  ['429', createStatus(429), 'not-sent'],
  ['429 for one second', createStatus(429, { 'retry-after': '1' }), 'link'],
  ['429 until a moment', createStatus(429, { 'retry-after': getSoonDate() }), 'link'],
  ['429 for ten minutes', createStatus(429, { 'retry-after': '600' }), 'not-sent'],
  ['429 for nonsense', createStatus(429, { 'retry-after': 'soon' }), 'not-sent'],
  ['503 for one second', createStatus(503, { 'retry-after': '1' }), 'link'],
  ['503 for ten minutes', createStatus(503, { 'retry-after': '600' }), 'not-sent'],
  ['503 for nonsense', createStatus(503, { 'retry-after': 'soon' }), 'checking'],
  ['a slow answer', { delayMs: 600 }, 'link'],
  ['an answer that is too slow', { delayMs: 2_000 }, 'checking'],
  ['a birth date that is not taken', createError('ERROR_INVALID_DATE_OF_BIRTH'), { field: 'dob.day' }],
  ['a phone that is not taken', createError('INVALID_PHONE_NUMBER'), { field: 'phoneNumber' }],
  ['a phone of another country', createError('ERROR_COUNTRY_NOT_SUPPORTED'), { field: 'phoneNumber' }],
  ['an email that is not taken', createError('ERROR_INVALID_EMAIL_FORMAT'), { field: 'email' }],
  ['a name that is not taken', createError('ERROR_INVALID_NAME'), { field: 'firstName' }],
  ['an existing person', createError('ERROR_USER_ALREADY_ENROLLED'), 'refused'],
  ['a known phone', createError('ERROR_DUPLICATED_PHONE'), 'refused'],
  ['a wrong schema', createError('ERROR_INVALID_SCHEMA'), 'refused'],
  ['a code that is not known', createError('ERROR_BRAND_NEW'), 'refused'],
  ['a wrong tenant', createError('ERROR_INVALID_TENANT'), 'not-sent'],
  ['the other spelling of it', createError('INVALID_TENANT'), 'not-sent'],
  ...['Compliance', 'ComplianceBlocked', 'OfacFailed'].map((value): [string, Answer, ExpectedEnding] => [
    value,
    createDetail(value),
    'refused',
  ]),
  ...['InvalidAddress', 'UnreadableDoc', 'BrandNew'].map((value): [string, Answer, ExpectedEnding] => [
    value,
    createDetail(value),
    'checking',
  ]),
];

/** One of each class: connections, bodies, links, statuses, waits, errors by name and details. */
const CORE_CASES = new Set([
  'reset',
  'body stall',
  'a foreign link',
  '400',
  '503 for ten minutes',
  'an existing person',
  'OfacFailed',
]);

/** A person at the last button, whose call the upstream will answer like this. */
async function fillToReview({ stack }: FaultSetup, answer: Answer) {
  const { app } = stack.origins;
  const raas = createRaasControl(() => stack.origins['raasControl'] ?? '');
  const person = new HttpApplicant(undefined, app);
  const port = Number(new URL(app).port);
  await person.fill(port);
  await raas.setNextAnswer(person.phone, answer);
  return { app, raas, person, port };
}

/** Checks the ledger's state and the upstream's calls, which do not depend on the page. */
async function checkRecords(
  { readState }: FaultSetup,
  raas: ReturnType<typeof createRaasControl>,
  person: HttpApplicant,
  [, answer, ending]: FaultCase,
) {
  const state = typeof ending === 'object' ? 'refused' : STATE[ending];
  expect(await readState(person.cookie ?? '')).toBe(state);
  expect(await raas.getSubmitRequests(person.phone)).toHaveLength(
    ending === 'link' && answer.status !== undefined ? 2 : 1,
  );
}

for (const faultCase of CASES) {
  const [name, answer, ending] = faultCase;
  const details = { tag: CORE_CASES.has(name) ? [] : '@all' };
  test(`${name}, with script`, details, async ({ setup }) => {
    const { raas, person } = await fillToReview(setup, answer);
    await setup.context.clearCookies();
    await setup.context.addCookies([person.browserCookie]);
    const page = await setup.context.newPage();
    const problems: string[] = [];
    page.on('console', (message) => message.type() === 'error' && problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(String(error)));
    await page.goto('/en/onboarding/review');
    await page.getByRole('button', { name: messages.en.review.submit }).click();

    const heading = page.getByRole('heading', { level: 1 });
    if (typeof ending === 'object') {
      await expect(page.locator(`[name="${ending.field}"]`)).toHaveAttribute('aria-invalid', 'true');
      await expect(page.locator('[name=firstName]')).toHaveValue('Ana');
    } else if (ending === 'link') await expect(heading).toHaveText('Session link reached');
    else await expect(heading).toHaveText(messages.en.outcome[ending].title);
    expect(await page.content()).not.toContain(RAW_TEXT);
    await checkRecords(setup, raas, person, faultCase);
    if (ending === 'refused' || ending === 'not-sent') {
      await page.getByRole('link', { name: messages.en.outcome[ending].action }).click();
      await expect(page.getByText('Calle Dos 10')).toBeVisible();
    }
    expect(problems).toEqual([]);
    await page.close();
  });

  // A form's post and the page that it leads to are all that a browser without script sees.
  test(`${name}, without script`, details, async ({ setup }) => {
    const { app, raas, person, port } = await fillToReview(setup, answer);
    const { status: createStatus, location = '' } = await person.submit(port);
    expect(createStatus).toBe(303);
    if (ending === 'link') expect(location.startsWith(`${setup.stack.origins['links']}/`)).toBe(true);
    else {
      const { body } = await sendRequest(port, location, { cookie: person.cookie, origin: app });
      if (typeof ending === 'object') {
        const field = [...body.matchAll(/<input[^>]*>/g)]
          .map(([tag]) => tag)
          .find((tag) => tag.includes(`name="${ending.field}"`));
        expect(field).toContain('aria-invalid="true"');
        expect(body).toContain('value="Ana"');
      } else expect(parseView(body)).toBe(ending);
      expect(body).not.toContain(RAW_TEXT);
    }
    await checkRecords(setup, raas, person, faultCase);
    if (ending === 'refused' || ending === 'not-sent') expect((await person.readState(port)).isKept).toBe(true);
  });
}

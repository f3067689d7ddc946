import type { Browser, Page } from '@playwright/test';
import { Client } from 'pg';
import type { LimitName } from '../../../lib/config/rate-limits.ts';
import { createRaasControl } from '../../support/control-client.ts';
import { expect, test } from '../../support/fixtures.ts';
import { type Reply, sendRequest } from '../../support/http.ts';
import { HttpApplicant } from '../../support/http-applicant.ts';
import { handOverCase, readShortCode, signIn, startCase } from '../../support/pages/agent.ts';
import { messages } from '../../support/pages/journey-page.ts';
import { callAction, listServerActions } from '../../support/pages/server-actions.ts';
import { ADDRESS_FIELDS, PAYMENT_FIELDS } from '../../support/pages/step-fields.ts';
import { type Postgres, startPostgres } from '../../support/postgres.ts';
import { type Stack, startStack } from '../../support/stack.ts';

/** Room for so many of each, beside the limits that a test reaches on the way to another one. */
const LIMIT = 3;
const ENV = {
  TRUSTED_HOPS: '1',
  SHED_DELAY_MS: '60000',
  BREAKER_IN_A_ROW: '1000',
  BREAKER_PERCENT: '100',
  LIMIT_SUBMITS_PER_ADDRESS: String(LIMIT),
  LIMIT_SUBMITS_PER_DRAFT: '2',
  LIMIT_SUBMITS_PER_PHONE: '2',
  LIMIT_CODES_PER_ADDRESS: String(LIMIT),
  LIMIT_CODES_PER_AGENT: String(LIMIT),
  LIMIT_SIGN_INS_PER_ADDRESS: String(LIMIT),
  LIMIT_DRAFTS_PER_ADDRESS: String(LIMIT),
  LIMIT_HELP_CODES_PER_ADDRESS: '2',
  LIMIT_EVENTS_PER_ADDRESS: String(LIMIT),
  LIMIT_STATUS_PER_ADDRESS: String(LIMIT),
  LIMIT_POSTS_PER_ADDRESS: '60',
  LIMIT_POSTAL_CODES_PER_ADDRESS: String(LIMIT),
  // Names of earlier versions, which an old environment may still set.
  LIMIT_SUBMITS: '1',
  LIMIT_CODES: '1',
};

let postgres: Postgres;
let stack: Stack;
let output = '';
const port = () => Number(new URL(stack.origins['server'] ?? '').port);
const origin = () => stack.origins.app;
const raas = createRaasControl(() => stack.origins['raasControl'] ?? '');

// One server for all: the limits of one test are at addresses, phones and drafts that no other test has.
test.describe.configure({ mode: 'default' });
test.beforeAll(async () => {
  postgres = await startPostgres();
  stack = await startStack({
    ports: 'free',
    env: { ...ENV, DATABASE_URL: postgres.url },
    onOutput: (text) => {
      output += text;
    },
  });
});
test.afterAll(async () => {
  await stack?.stop();
  await postgres?.stop();
});

let addressCount = 0;
const createAddress = () => `198.51.100.${++addressCount}`;

function createPerson(address = createAddress(), phone?: string): HttpApplicant {
  const person = new HttpApplicant(phone, origin());
  person.address = address;
  return person;
}

/** Creates a customer with complete answers, saved from one address, who goes on from another one. */
async function createReadyPerson(address = createAddress(), phone?: string): Promise<HttpApplicant> {
  const person = createPerson(undefined, phone);
  await person.fill(port());
  person.address = address;
  return person;
}

const getWaitMinutes = ({ location = '' }: Reply) => Number(/[?&]wait=(\d+)$/.exec(location)?.[1] ?? 0);
const hasLink = ({ status, location = '' }: Reply) =>
  status === 303 && location.startsWith(stack.origins['links'] ?? 'none');

async function expectServed(person: HttpApplicant): Promise<void> {
  expect(hasLink(await person.submit(port()))).toBe(true);
}

async function expectLimited(person: HttpApplicant): Promise<void> {
  const countBefore = (await raas.getRequests(person.phone)).length;
  const reply = await person.submit(port());
  expect(getWaitMinutes(reply)).toBeGreaterThan(0);
  // Neither sent nor looked up, and the answers are still there.
  expect((await raas.getRequests(person.phone)).length).toBe(countBefore);
  const page = await sendRequest(port(), reply.location ?? '', { cookie: person.cookie, origin: origin() });
  expect(page.body).toContain(messages.en.outcome.limited.title);
  expect(page.body).toContain(`Wait ${getWaitMinutes(reply)} min`);
  expect(await person.readState(port())).toMatchObject({ isKept: true });
}

/** Posts to an action of a page as its form does without script, from an address. */
function postAction(
  name: string,
  path: string,
  args: readonly unknown[],
  fields: Record<string, string>,
  address: string,
) {
  const id = listServerActions().get(name) ?? '';
  const form = [
    ['$ACTION_REF_1', ''],
    ['$ACTION_1:0', JSON.stringify({ id, bound: '$@1' })],
    ['$ACTION_1:1', JSON.stringify(args)],
    ...Object.entries(fields),
  ] as const;
  return sendRequest(port(), path, {
    form: form.map(([key, value]) => [key, value] as const),
    origin: origin(),
    address,
  });
}

const redeemCode = (address: string, code = 'ABCD EFGH') =>
  postAction('redeemCode', '/en/continue', ['en'], { code }, address);
const isCodeRejected = ({ location = '' }: Reply) => location.includes('problem=gone');

async function openSignedIn(browser: Browser, agentId: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: origin() })).newPage();
  await signIn(page, agentId);
  return page;
}

/** A wrong code is an error of the form. */
const isShownAgain = ({ status, location }: Reply) => status === 200 && location === undefined;

async function takeOver(agent: Page, code: string): Promise<Reply> {
  const headers = { origin: origin(), 'sec-fetch-site': 'same-origin' };
  const answer = await callAction(agent.request, 'startCase', {
    path: '/en/assist',
    args: ['en', '$undefined'],
    fields: { phoneNumber: code, spoken: 'es' },
    headers,
  });
  const location = answer.headers()['location'];
  return { status: answer.status(), location, retryAfter: undefined, cookies: [], body: '' };
}

const countLogged = (limit: LimitName) => output.split(`"event":"limit.reached","limit":"${limit}"`).length - 1;

/** Drives each limit to its end with one client, and shows that another one is served meanwhile. */
const LIMIT_DRIVERS: Record<LimitName, (browser: Browser) => Promise<void>> = {
  async submitAddress() {
    const address = createAddress();
    for (let attempt = 0; attempt < LIMIT; attempt += 1) await expectServed(await createReadyPerson(address));
    await expectLimited(await createReadyPerson(address));
    await expectServed(await createReadyPerson());
  },

  async submitDraft() {
    const person = await createReadyPerson();
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await raas.setNextAnswer(person.phone, { endpoint: 'sessionlink', status: 401 });
      person.address = createAddress();
      expect((await person.submit(port())).location).toContain('later');
    }
    person.address = createAddress();
    await expectLimited(person);
    await expectServed(await createReadyPerson());
  },

  async submitPhoneAddress() {
    const address = createAddress();
    const { phone } = createPerson();
    for (let attempt = 0; attempt < 2; attempt += 1) await (await createReadyPerson(address, phone)).submit(port());
    await expectLimited(await createReadyPerson(address, phone));
    // The phone's owner is elsewhere, and so is anybody else.
    await expectServed(await createReadyPerson(undefined, phone));
    await expectServed(await createReadyPerson(address));
  },

  async submitPhone() {
    const { phone } = createPerson();
    for (let attempt = 0; attempt < 2; attempt += 1) await (await createReadyPerson(undefined, phone)).submit(port());
    const owner = await createReadyPerson(undefined, phone);
    const start = performance.now();
    await expectServed(owner);
    expect(performance.now() - start).toBeGreaterThan(1_900);
    await expectServed(await createReadyPerson());
  },

  async codeAddress() {
    const address = createAddress();
    const replies = await Promise.all(Array.from({ length: 24 }, () => redeemCode(address)));
    expect(replies.filter(isCodeRejected)).toHaveLength(LIMIT);
    expect(replies.filter((reply) => getWaitMinutes(reply) > 0)).toHaveLength(24 - LIMIT);
    expect(isCodeRejected(await redeemCode(createAddress()))).toBe(true);
  },

  async codeAgent(browser) {
    const [ana, beto] = [await openSignedIn(browser, 'ana'), await openSignedIn(browser, 'beto')];
    const replies = await Promise.all(Array.from({ length: 24 }, () => takeOver(ana, 'ABCD EFGH')));
    expect(replies.filter(isShownAgain)).toHaveLength(LIMIT);
    expect(replies.filter((reply) => getWaitMinutes(reply) > 0)).toHaveLength(24 - LIMIT);
    await ana.goto('/en/assist?wait=7');
    await expect(ana.getByText('or wait 7 min')).toBeVisible();
    expect(isShownAgain(await takeOver(beto, 'ABCD EFGH'))).toBe(true);
    // A right code works all the same, for the agent and for a customer at an address that has tried too often.
    const customer = await browser.newContext({ baseURL: origin() });
    const customerPage = await customer.newPage();
    await customerPage.goto('/en/continue/help');
    await customerPage.getByRole('button', { name: messages.en.continue.help.get }).click();
    const code = await readShortCode(customerPage);
    expect((await takeOver(ana, code)).location).toContain('/take-over/');
    await ana.goto('/en/assist');
    await startCase(ana, createPerson().phone);
    const handOver = await handOverCase(ana);
    const address = createAddress();
    for (let attempt = 0; attempt <= LIMIT; attempt += 1) await redeemCode(address);
    expect((await redeemCode(address, handOver.code)).location).toMatch(/\/en\/continue$/);
    for (const page of [ana, beto, customerPage]) await page.context().close();
  },

  async signInAddress() {
    const sendSignIn = (address: string) =>
      sendRequest(port(), '/assist/sign-in', { form: [['lang', 'en']], origin: origin(), address });
    const address = createAddress();
    const provider = new URL(stack.origins['idp'] ?? '').origin;
    for (let attempt = 0; attempt < LIMIT; attempt += 1)
      expect((await sendSignIn(address)).location).toContain(provider);
    const limitedReply = await sendSignIn(address);
    expect(getWaitMinutes(limitedReply)).toBeGreaterThan(0);
    expect((await sendRequest(port(), limitedReply.location ?? '')).body).toContain('Too many sign-ins');
    expect((await sendSignIn(createAddress())).location).toContain(provider);
  },

  async draftAddress() {
    const address = createAddress();
    const fields = [['firstName', 'Quetzalli']] as const;
    const startDraft = (person: HttpApplicant) => person.post(port(), 'identity', [...fields, ['switchTo', 'es']]);
    for (let attempt = 0; attempt < LIMIT; attempt += 1)
      expect((await startDraft(createPerson(address))).status).toBe(303);
    const latePerson = createPerson(address);
    const reply = await startDraft(latePerson);
    expect([reply.status, latePerson.cookie]).toEqual([200, undefined]);
    expect(reply.body).toContain('Quetzalli');
    expect(reply.body).toMatch(/Many people have started from this connection.*Wait \d+ min/);
    // The way through a complete step, and the one through help, are the same limit.
    await expect(createPerson(address).fill(port())).rejects.toThrow('identity was answered with 200');
    const helpResponse = await postAction('askForHelp', '/en/continue/help', ['en'], {}, address);
    expect(getWaitMinutes(helpResponse)).toBeGreaterThan(0);
    expect(helpResponse.cookies.filter((cookie) => cookie.startsWith('__Host-draft'))).toEqual([]);
    await expectServed(await createReadyPerson());
  },

  async helpCodeAddress() {
    const address = createAddress();
    const requestHelp = (address: string) => postAction('askForHelp', '/en/continue/help', ['en'], {}, address);
    for (let attempt = 0; attempt < 2; attempt += 1) expect(getWaitMinutes(await requestHelp(address))).toBe(0);
    const limitedReply = await requestHelp(address);
    expect(getWaitMinutes(limitedReply)).toBeGreaterThan(0);
    expect((await sendRequest(port(), limitedReply.location ?? '')).body).toContain('Too many codes were requested');
    const otherReply = await requestHelp(createAddress());
    expect(otherReply.cookies.some((cookie) => cookie.startsWith('__Host-help='))).toBe(true);
  },

  async eventAddress() {
    const database = new Client({ connectionString: postgres.url });
    await database.connect();
    const readEventCounts = async () => {
      const journeys =
        'select count(*)::int as events from journey_events group by journey order by max(sequence) desc';
      const { rows } = await database.query<{ events: number }>(`${journeys} limit 2`);
      return rows.map(({ events }) => events);
    };
    const countBefore = countLogged('eventAddress');
    const person = createPerson();
    await person.fill(port());
    for (let attempt = 0; attempt < 5; attempt += 1)
      expect((await person.post(port(), 'payment', [['paymentMethodType', 'DigitalWallet']])).status).toBe(303);
    // Of the first only the events that there was room for are written, of the other one all.
    await createPerson().fill(port());
    await expect.poll(readEventCounts).toEqual([LIMIT, LIMIT]);
    expect(countLogged('eventAddress')).toBe(countBefore + 1);
    await database.end();
  },

  async postalCodeAddress() {
    const address = createAddress();
    const look = (address: string) => sendRequest(port(), '/postal-codes/03800', { address });
    // This server has no table: within the limit a code is unknown.
    for (let attempt = 0; attempt < LIMIT; attempt += 1) expect((await look(address)).status).toBe(404);
    expect((await look(address)).status).toBe(429);
    expect((await look(createAddress())).status).toBe(404);
  },

  async statusAddress() {
    const address = createAddress();
    const read = (address: string) => sendRequest(port(), '/api/applications/order-1', { address });
    // Only requests without a valid key count.
    for (let attempt = 0; attempt < LIMIT; attempt += 1) expect((await read(address)).status).toBe(401);
    const limitedReply = await read(address);
    expect([limitedReply.status, limitedReply.retryAfter]).toEqual([429, '60']);
    expect((await read(createAddress())).status).toBe(401);
  },

  async postAddress() {
    const address = createAddress();
    const post = (address: string) =>
      sendRequest(port(), '/en/onboarding/identity', { form: [['a', 'b']], origin: origin(), address: address });
    const replies = await Promise.all(Array.from({ length: 80 }, () => post(address)));
    const rejectedReplies = replies.filter(({ status }) => status === 429);
    expect(rejectedReplies).toHaveLength(20);
    for (const { retryAfter } of rejectedReplies) expect(Number(retryAfter)).toBeGreaterThan(0);
    expect(countLogged('postAddress')).toBe(1);
    expect((await post(createAddress())).status).not.toBe(429);
    await expectServed(await createReadyPerson());
  },
};

/** One limit of each kind: by phone, by address at the pipeline, and by draft. */
const CORE_LIMITS = new Set(['submitPhone', 'submitDraft', 'postAddress', 'postalCodeAddress']);

for (const [name, driveLimit] of Object.entries(LIMIT_DRIVERS))
  test(`${name}: one client reaches it, and another one is served meanwhile`, {
    tag: CORE_LIMITS.has(name) ? [] : '@all',
  }, async ({ browser }) => {
    await driveLimit(browser);
    expect(countLogged(name as LimitName)).toBeGreaterThan(0);
  });

test('ten presses of a half-filled draft with a stranger’s phone do not touch the stranger, nor the address', async () => {
  const address = createAddress();
  const { phone } = createPerson();
  const attacker = createPerson(address);
  await createReadyPerson(); // the action of the review page is known from here on
  await attacker.post(port(), 'identity', [
    ['phoneNumber', phone],
    ['switchTo', 'es'],
  ]);
  for (let attempt = 0; attempt < 10; attempt += 1)
    expect((await attacker.submit(port())).location).toContain('/onboarding/identity');
  await expectServed(await createReadyPerson(address, phone));
});

test('a phone that is typed over without being saved does not hide the one that is sent', async () => {
  const address = createAddress();
  const { phone } = createPerson();
  const endings: boolean[] = [];
  for (let attempt = 0; attempt < 6; attempt += 1) {
    const person = await createReadyPerson(address, phone);
    await person.post(port(), 'identity', [
      ['phoneNumber', createPerson().phone],
      ['switchTo', 'es'],
    ]);
    endings.push(getWaitMinutes(await person.submit(port())) > 0);
  }
  expect(endings).toEqual([false, false, true, true, true, true]);
  expect(await raas.getSubmitRequests(phone)).toHaveLength(2);
});

test('seven addresses that press half-filled drafts without end stop nobody', { tag: '@all' }, async () => {
  await Promise.all(
    Array.from({ length: 7 }, async () => {
      const attacker = createPerson();
      await attacker.post(port(), 'identity', [
        ['firstName', 'X'],
        ['switchTo', 'es'],
      ]);
      await Promise.all(Array.from({ length: 50 }, () => attacker.submit(port())));
    }),
  );
  for (let attempt = 0; attempt < 4; attempt += 1) await expectServed(await createReadyPerson());
});

/** Every field of the forms, each with the rest of its form as it is posted. */
const FORMS: Readonly<Record<string, readonly string[]>> = {
  identity: [
    'firstName',
    'lastName',
    'lastName2',
    'oneSurname',
    'dob.day',
    'dob.month',
    'dob.year',
    'phoneNumber',
    'email',
    'noEmail',
    'middleName',
    'gender',
    'birthState',
  ],
  address: ADDRESS_FIELDS,
  payment: PAYMENT_FIELDS,
};
const TOO_LONG = 'x'.repeat(9_000);

test('a text that is too long is stored on no way: a step, the switch of language, the console, the lock', {
  tag: '@all',
}, async ({ browser }) => {
  const database = new Client({ connectionString: postgres.url });
  await database.connect();
  const readStoredSizes = async () => {
    const sum = 'select count(*)::int as drafts, sum(length(sealed))::int as signs, max(length(sealed))::int as most';
    return (await database.query<{ drafts: number; signs: number; most: number }>(`${sum} from drafts`)).rows[0];
  };
  const agent = await openSignedIn(browser, 'ana');
  await agent.getByLabel(messages.en.assist.handle).fill(createPerson().phone);
  await agent.getByRole('button', { name: messages.en.assist.openCase }).click();
  await agent.waitForURL(/\/assist\/cases\/[0-9a-f-]{36}/);
  const id = /[0-9a-f-]{36}/.exec(agent.url())?.[0] ?? '';
  const headers = () => ({ origin: origin(), 'sec-fetch-site': 'same-origin', 'x-forwarded-for': createAddress() });
  const person = await createReadyPerson();
  const countBefore = await readStoredSizes();
  const failures: string[] = [];
  for (const [step, fields] of Object.entries(FORMS))
    for (const field of fields)
      for (const extra of [[], [['switchTo', 'es']]] as (readonly [string, string])[][]) {
        const formFields = [[field, TOO_LONG], ...extra] as const;
        for (const applicant of step === 'identity' ? [person, createPerson()] : [person]) {
          applicant.address = createAddress();
          const { status, body } = await applicant.post(port(), step, formFields);
          if (status !== 200 || !body.includes(messages.en.errors.text.tooLong))
            failures.push(`${step} ${field} ${status}`);
        }
        const answer = await callAction(agent.request, 'saveCaseStep', {
          path: `/en/assist/cases/${id}/identity`,
          args: ['en', id, step, null],
          fields: Object.fromEntries(formFields),
          headers: headers(),
        });
        if (answer.status() !== 200) failures.push(`saveCaseStep ${step} ${field} ${answer.status()}`);
      }
  const startResponse = await callAction(agent.request, 'startCase', {
    path: '/en/assist',
    args: ['en', null],
    fields: { phoneNumber: '5'.repeat(9_000) },
    headers: headers(),
  });
  expect(startResponse.status()).toBe(200);
  expect(failures).toEqual([]);
  expect(await readStoredSizes()).toEqual(countBefore);
  // A locked page cannot show an error: what fits is kept, and nothing else.
  const path = `/en/assist/cases/${id}/identity`;
  const form = { path, firstName: 'Rosa', lastName: TOO_LONG, oneSurname: TOO_LONG };
  expect((await agent.request.post('/assist/lock', { form, headers: headers() })).status()).toBe(204);
  const { drafts, most: maxLength = Number.NaN } = (await readStoredSizes()) ?? {};
  expect(drafts).toBe(countBefore?.drafts);
  expect(maxLength).toBeLessThan(5_000);
  await agent.context().close();
  await database.end();
});

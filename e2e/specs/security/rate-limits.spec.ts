import type { Browser, Page } from '@playwright/test';
import { Client } from 'pg';
import type { LimitName } from '../../../lib/config/rate-limits.ts';
import { expect, test } from '../../support/fixtures.ts';
import { ask, type Reply } from '../../support/http.ts';
import { Applicant } from '../../support/http-applicant.ts';
import { beginCase, handOverCase, signIn } from '../../support/pages/agent.ts';
import { words } from '../../support/pages/journey-page.ts';
import { callAction, serverActions } from '../../support/pages/server-actions.ts';
import { type Postgres, startPostgres } from '../../support/postgres.ts';
import { raasAt } from '../../support/sandbox-control.ts';
import { type Stack, startStack } from '../../support/stack.ts';

/** Room for so many of each, beside the limits that a test reaches on the way to another one. */
const ROOM = 3;
const ENV = {
  ...{ TRUSTED_HOPS: '1', SHED_DELAY_MS: '60000', BREAKER_IN_A_ROW: '1000', BREAKER_PERCENT: '100' },
  ...{ LIMIT_SUBMITS_PER_ADDRESS: String(ROOM), LIMIT_SUBMITS_PER_DRAFT: '2', LIMIT_SUBMITS_PER_PHONE: '2' },
  ...{ LIMIT_CODES_PER_ADDRESS: String(ROOM), LIMIT_CODES_PER_AGENT: String(ROOM) },
  ...{ LIMIT_SIGN_INS_PER_ADDRESS: String(ROOM), LIMIT_DRAFTS_PER_ADDRESS: String(ROOM) },
  ...{ LIMIT_HELP_CODES_PER_ADDRESS: '2', LIMIT_EVENTS_PER_ADDRESS: String(ROOM), LIMIT_POSTS_PER_ADDRESS: '60' },
  // Names of earlier versions, which an old environment may still set.
  ...{ LIMIT_SUBMITS: '1', LIMIT_CODES: '1' },
};

let postgres: Postgres;
let stack: Stack;
let output = '';
const port = () => Number(new URL(stack.origins['server'] ?? '').port);
const origin = () => stack.origins.app;
const raas = raasAt(() => stack.origins['raasControl'] ?? '');

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

let addresses = 0;
const newAddress = () => `198.51.100.${++addresses}`;

function newPerson(address = newAddress(), phone?: string): Applicant {
  const person = new Applicant(phone, origin());
  person.address = address;
  return person;
}

/** Somebody with complete answers, told at one address of their own, who goes on at another one. */
async function readyPerson(address = newAddress(), phone?: string): Promise<Applicant> {
  const person = newPerson(undefined, phone);
  await person.fill(port());
  person.address = address;
  return person;
}

const minutesIn = ({ location = '' }: Reply) => Number(/[?&]wait=(\d+)$/.exec(location)?.[1] ?? 0);
const isLinked = ({ status, location = '' }: Reply) =>
  status === 303 && location.startsWith(stack.origins['links'] ?? 'none');

async function expectServed(person: Applicant): Promise<void> {
  expect(isLinked(await person.submit(port()))).toBe(true);
}

async function expectLimited(person: Applicant): Promise<void> {
  const before = (await raas.all(person.phone)).length;
  const reply = await person.submit(port());
  expect(minutesIn(reply)).toBeGreaterThan(0);
  // Neither sent nor looked up, and the answers are still there.
  expect((await raas.all(person.phone)).length).toBe(before);
  const page = await ask(port(), reply.location ?? '', { cookie: person.cookie, origin: origin() });
  expect(page.body).toContain(words.en.outcome.limited.title);
  expect(page.body).toContain(`Wait ${minutesIn(reply)} min`);
  expect(await person.look(port())).toMatchObject({ isKept: true });
}

/** Posts to an action of a page as its form does without script, from an address. */
function act(name: string, path: string, args: readonly unknown[], fields: Record<string, string>, address: string) {
  const id = serverActions().get(name) ?? '';
  const form = [
    ['$ACTION_REF_1', ''],
    ['$ACTION_1:0', JSON.stringify({ id, bound: '$@1' })],
    ['$ACTION_1:1', JSON.stringify(args)],
    ...Object.entries(fields),
  ] as const;
  return ask(port(), path, { form: form.map(([key, value]) => [key, value] as const), origin: origin(), address });
}

const typeCode = (address: string, code = 'ABCD EFGH') => act('redeemCode', '/en/continue', ['en'], { code }, address);
const isWrong = ({ location = '' }: Reply) => location.includes('problem=gone');

async function signedIn(browser: Browser, who: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: origin() })).newPage();
  await signIn(page, who);
  return page;
}

async function takeOver(agent: Page, code: string): Promise<Reply> {
  const headers = { origin: origin(), 'sec-fetch-site': 'same-origin' };
  const answer = await callAction(agent.request, 'takeOver', {
    ...{ path: '/en/assist', args: ['en'], fields: { code }, headers },
  });
  const location = answer.headers()['location'];
  return { status: answer.status(), location, retryAfter: undefined, cookies: [], body: '' };
}

const isLogged = (limit: LimitName) => output.split(`"event":"limit.reached","limit":"${limit}"`).length - 1;

/** Drives each limit to its end with one client, and shows that another one is served meanwhile. */
const DRIVES: Record<LimitName, (browser: Browser) => Promise<void>> = {
  async submitAddress() {
    const address = newAddress();
    for (let at = 0; at < ROOM; at += 1) await expectServed(await readyPerson(address));
    await expectLimited(await readyPerson(address));
    await expectServed(await readyPerson());
  },

  async submitDraft() {
    const person = await readyPerson();
    for (let at = 0; at < 2; at += 1) {
      await raas.next(person.phone, { endpoint: 'sessionlink', status: 401 });
      person.address = newAddress();
      expect((await person.submit(port())).location).toContain('later');
    }
    person.address = newAddress();
    await expectLimited(person);
    await expectServed(await readyPerson());
  },

  async submitPhoneAddress() {
    const address = newAddress();
    const { phone } = newPerson();
    for (let at = 0; at < 2; at += 1) await (await readyPerson(address, phone)).submit(port());
    await expectLimited(await readyPerson(address, phone));
    // The phone's owner is elsewhere, and so is anybody else.
    await expectServed(await readyPerson(undefined, phone));
    await expectServed(await readyPerson(address));
  },

  async submitPhone() {
    const { phone } = newPerson();
    for (let at = 0; at < 2; at += 1) await (await readyPerson(undefined, phone)).submit(port());
    const owner = await readyPerson(undefined, phone);
    const start = performance.now();
    await expectServed(owner);
    expect(performance.now() - start).toBeGreaterThan(1_900);
    await expectServed(await readyPerson());
  },

  async codeAddress() {
    const address = newAddress();
    const replies = await Promise.all(Array.from({ length: 24 }, () => typeCode(address)));
    expect(replies.filter(isWrong)).toHaveLength(ROOM);
    expect(replies.filter((reply) => minutesIn(reply) > 0)).toHaveLength(24 - ROOM);
    expect(isWrong(await typeCode(newAddress()))).toBe(true);
  },

  async codeAgent(browser) {
    const [ana, beto] = [await signedIn(browser, 'ana'), await signedIn(browser, 'beto')];
    const replies = await Promise.all(Array.from({ length: 24 }, () => takeOver(ana, 'ABCD EFGH')));
    expect(replies.filter(({ location }) => location?.includes('code=gone'))).toHaveLength(ROOM);
    expect(replies.filter((reply) => minutesIn(reply) > 0)).toHaveLength(24 - ROOM);
    await ana.goto('/en/assist?wait=7');
    await expect(ana.getByText('or wait 7 min')).toBeVisible();
    expect((await takeOver(beto, 'ABCD EFGH')).location).toContain('code=gone');
    // A right code works all the same, for the agent and for a customer at an address that has tried too often.
    const customer = await browser.newContext({ baseURL: origin() });
    const their = await customer.newPage();
    await their.goto('/en/continue/help');
    await their.getByRole('button', { name: words.en.continue.help.get }).click();
    const code = ((await their.locator('strong.tracking-widest').textContent()) ?? '').trim();
    expect((await takeOver(ana, code)).location).toContain('/take-over/');
    await ana.goto('/en/assist');
    await beginCase(ana, newPerson().phone);
    const handOver = await handOverCase(ana);
    const address = newAddress();
    for (let at = 0; at <= ROOM; at += 1) await typeCode(address);
    expect((await typeCode(address, handOver.code)).location).toMatch(/\/en\/continue$/);
    for (const page of [ana, beto, their]) await page.context().close();
  },

  async signInAddress() {
    const post = (address: string) =>
      ask(port(), '/assist/sign-in', { form: [['lang', 'en']], origin: origin(), address });
    const address = newAddress();
    const provider = new URL(stack.origins['idp'] ?? '').origin;
    for (let at = 0; at < ROOM; at += 1) expect((await post(address)).location).toContain(provider);
    const limited = await post(address);
    expect(minutesIn(limited)).toBeGreaterThan(0);
    expect((await ask(port(), limited.location ?? '')).body).toContain('Too many sign-ins');
    expect((await post(newAddress())).location).toContain(provider);
  },

  async draftAddress() {
    const address = newAddress();
    const typed = [['firstName', 'Quetzalli']] as const;
    const begin = (person: Applicant) => person.post(port(), 'identity', [...typed, ['switchTo', 'es']]);
    for (let at = 0; at < ROOM; at += 1) expect((await begin(newPerson(address))).status).toBe(303);
    const late = newPerson(address);
    const reply = await begin(late);
    expect([reply.status, late.cookie]).toEqual([200, undefined]);
    expect(reply.body).toContain('Quetzalli');
    expect(reply.body).toMatch(/Too many people have started from this connection.*Wait \d+ min/);
    // The way through a complete step, and the one through help, are the same limit.
    await expect(newPerson(address).fill(port())).rejects.toThrow('identity was answered with 200');
    const help = await act('askForHelp', '/en/continue/help', ['en'], {}, address);
    expect(minutesIn(help)).toBeGreaterThan(0);
    expect(help.cookies.filter((cookie) => cookie.startsWith('__Host-draft'))).toEqual([]);
    await expectServed(await readyPerson());
  },

  async helpCodeAddress() {
    const address = newAddress();
    const get = (from: string) => act('askForHelp', '/en/continue/help', ['en'], {}, from);
    for (let at = 0; at < 2; at += 1) expect(minutesIn(await get(address))).toBe(0);
    const limited = await get(address);
    expect(minutesIn(limited)).toBeGreaterThan(0);
    expect((await ask(port(), limited.location ?? '')).body).toContain('Too many codes were asked for');
    const other = await get(newAddress());
    expect(other.cookies.some((cookie) => cookie.startsWith('__Host-help='))).toBe(true);
  },

  async eventAddress() {
    const database = new Client({ connectionString: postgres.url });
    await database.connect();
    const latest = async () => {
      const journeys =
        'select count(*)::int as events from journey_events group by journey order by max(sequence) desc';
      const { rows } = await database.query<{ events: number }>(`${journeys} limit 2`);
      return rows.map(({ events }) => events);
    };
    const before = isLogged('eventAddress');
    const person = newPerson();
    await person.fill(port());
    for (let at = 0; at < 5; at += 1)
      expect((await person.post(port(), 'payment', [['paymentMethodType', 'DigitalWallet']])).status).toBe(303);
    // Of the first only the events that there was room for are written, of the other one all.
    await newPerson().fill(port());
    await expect.poll(latest).toEqual([ROOM, ROOM]);
    expect(isLogged('eventAddress')).toBe(before + 1);
    await database.end();
  },

  async postAddress() {
    const address = newAddress();
    const post = (from: string) =>
      ask(port(), '/en/onboarding/identity', { form: [['a', 'b']], origin: origin(), address: from });
    const replies = await Promise.all(Array.from({ length: 80 }, () => post(address)));
    const refused = replies.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(20);
    for (const { retryAfter } of refused) expect(Number(retryAfter)).toBeGreaterThan(0);
    expect(isLogged('postAddress')).toBe(1);
    expect((await post(newAddress())).status).not.toBe(429);
    await expectServed(await readyPerson());
  },
};

for (const [name, drive] of Object.entries(DRIVES))
  test(`${name}: one client reaches it, and another one is served meanwhile`, async ({ browser }) => {
    await drive(browser);
    expect(isLogged(name as LimitName)).toBeGreaterThan(0);
  });

test('ten presses of a half-filled draft with a stranger’s phone do not touch the stranger, nor the address', async () => {
  const address = newAddress();
  const { phone } = newPerson();
  const attacker = newPerson(address);
  await readyPerson(); // the action of the review page is known from here on
  await attacker.post(port(), 'identity', [
    ['phoneNumber', phone],
    ['switchTo', 'es'],
  ]);
  for (let at = 0; at < 10; at += 1) expect((await attacker.submit(port())).location).toContain('/onboarding/identity');
  await expectServed(await readyPerson(address, phone));
});

test('a phone that is typed over without being saved does not hide the one that is sent', async () => {
  const address = newAddress();
  const { phone } = newPerson();
  const ends: boolean[] = [];
  for (let at = 0; at < 6; at += 1) {
    const person = await readyPerson(address, phone);
    await person.post(port(), 'identity', [
      ['phoneNumber', newPerson().phone],
      ['switchTo', 'es'],
    ]);
    ends.push(minutesIn(await person.submit(port())) > 0);
  }
  expect(ends).toEqual([false, false, true, true, true, true]);
  expect(await raas.received(phone)).toHaveLength(2);
});

test('seven addresses that press half-filled drafts without end stop nobody', async () => {
  await Promise.all(
    Array.from({ length: 7 }, async () => {
      const attacker = newPerson();
      await attacker.post(port(), 'identity', [
        ['firstName', 'X'],
        ['switchTo', 'es'],
      ]);
      await Promise.all(Array.from({ length: 50 }, () => attacker.submit(port())));
    }),
  );
  for (let at = 0; at < 4; at += 1) await expectServed(await readyPerson());
});

/** Every field of the forms, each with the rest of its form as it is posted. */
const FORMS: Readonly<Record<string, readonly string[]>> = {
  identity: [
    ...['firstName', 'lastName', 'lastName2', 'oneSurname', 'dob.day', 'dob.month', 'dob.year', 'phoneNumber'],
    ...['email', 'noEmail', 'middleName', 'gender', 'birthState'],
  ],
  address: [
    ...['address1', 'address2', 'zipCode', 'city', 'address3', 'state', 'countryCode', 'streetNumber'],
    ...['placeDetail', 'latitude', 'longitude'],
  ],
  payment: ['paymentMethodType', 'ubnParams.number'],
};
const TOO_LONG = 'x'.repeat(9_000);

test('a text that is too long is stored on no way: a step, the switch of language, the console, the lock', async ({
  browser,
}) => {
  const database = new Client({ connectionString: postgres.url });
  await database.connect();
  const stored = async () => {
    const sum = 'select count(*)::int as drafts, sum(length(sealed))::int as signs, max(length(sealed))::int as most';
    return (await database.query<{ drafts: number; signs: number; most: number }>(`${sum} from drafts`)).rows[0];
  };
  const agent = await signedIn(browser, 'ana');
  await agent.getByLabel(words.en.assist.phone).fill(newPerson().phone);
  await agent.getByRole('button', { name: words.en.form.continue }).click();
  await agent.waitForURL(/\/assist\/cases\/[0-9a-f-]{36}/);
  const id = /[0-9a-f-]{36}/.exec(agent.url())?.[0] ?? '';
  const headers = () => ({ origin: origin(), 'sec-fetch-site': 'same-origin', 'x-forwarded-for': newAddress() });
  const person = await readyPerson();
  const before = await stored();
  const wrong: string[] = [];
  for (const [step, fields] of Object.entries(FORMS))
    for (const field of fields)
      for (const extra of [[], [['switchTo', 'es']]] as (readonly [string, string])[][]) {
        const told = [[field, TOO_LONG], ...extra] as const;
        for (const someone of step === 'identity' ? [person, newPerson()] : [person]) {
          someone.address = newAddress();
          const { status, body } = await someone.post(port(), step, told);
          if (status !== 200 || !body.includes(words.en.errors.text.tooLong)) wrong.push(`${step} ${field} ${status}`);
        }
        const answer = await callAction(agent.request, 'saveCaseStep', {
          ...{
            path: `/en/assist/cases/${id}/identity`,
            args: ['en', id, step, null],
            fields: Object.fromEntries(told),
          },
          headers: headers(),
        });
        if (answer.status() !== 200) wrong.push(`saveCaseStep ${step} ${field} ${answer.status()}`);
      }
  const began = await callAction(agent.request, 'startCase', {
    ...{ path: '/en/assist', args: ['en', null], fields: { phoneNumber: '5'.repeat(9_000) }, headers: headers() },
  });
  expect(began.status()).toBe(200);
  expect(wrong).toEqual([]);
  expect(await stored()).toEqual(before);
  // A locked page cannot show an error: what fits is kept, and nothing else.
  const path = `/en/assist/cases/${id}/identity`;
  const form = { path, firstName: 'Rosa', lastName: TOO_LONG, oneSurname: TOO_LONG };
  expect((await agent.request.post('/assist/lock', { form, headers: headers() })).status()).toBe(204);
  const { drafts, most = Number.NaN } = (await stored()) ?? {};
  expect(drafts).toBe(before?.drafts);
  expect(most).toBeLessThan(5_000);
  await agent.context().close();
  await database.end();
});

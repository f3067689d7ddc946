import { expect, test } from '../../support/fixtures.ts';
import { ask } from '../../support/http.ts';
import { Applicant } from '../../support/http-applicant.ts';
import { raasAt } from '../../support/sandbox-control.ts';
import { type Stack, startStack } from '../../support/stack.ts';

const PER_ADDRESS = 6;
const AT_ONCE = 8;
/** How long the upstream takes for a submission that holds a place. The app answers after four seconds in any case. */
const HELD_MS = 6_000;
const ENV = {
  ...{ TRUSTED_HOPS: '1', SHED_DELAY_MS: '60000', LIMIT_IN_FLIGHT_PER_ADDRESS: String(PER_ADDRESS) },
  ...{ SHED_REQUESTS: String(AT_ONCE), SHED_BUSY_REQUESTS: String(AT_ONCE) },
};

let stack: Stack;
const port = () => Number(new URL(stack.origins['server'] ?? '').port);
const raas = raasAt(() => stack.origins['raasControl'] ?? '');

test.describe.configure({ mode: 'default' });
test.beforeAll(async () => {
  stack = await startStack({ ports: 'free', env: ENV });
});
test.afterAll(() => stack?.stop());

let addresses = 0;
const newAddress = () => `203.0.113.${++addresses}`;

const statusFor = async (address: string) => (await ask(port(), '/en', { address, origin: stack.origins.app })).status;

/** So many people at one address whose submissions are in flight. @returns their answers */
async function hold(address: string, count: number): Promise<Promise<number>[]> {
  const people = Array.from({ length: count }, () => new Applicant(undefined, stack.origins.app));
  for (const person of people) {
    person.address = newAddress();
    await person.fill(port());
    await raas.next(person.phone, { endpoint: 'sessionlink', delayMs: HELD_MS });
    person.address = address;
  }
  const answers = people.map((person) => person.submit(port()).then(({ status }) => status));
  await Promise.all(people.map(({ phone }) => expect.poll(async () => (await raas.received(phone)).length).toBe(1)));
  return answers;
}

test('an address has no more requests in flight than its limit, and another address is served meanwhile', async () => {
  const heavy = newAddress();
  const held = await hold(heavy, PER_ADDRESS);
  expect(await statusFor(heavy)).toBe(429);
  expect(await statusFor(newAddress())).toBe(200);
  expect(await Promise.all(held)).toEqual(held.map(() => 303));
  expect(await statusFor(heavy)).toBe(200);
});

test('the addresses of one IPv6 network have one limit', async () => {
  const held = await hold('2001:db8:1:2::1', PER_ADDRESS);
  expect(await statusFor('2001:db8:1:2:ffff::2')).toBe(429);
  expect(await statusFor('2001:db8:1:3::1')).toBe(200);
  await Promise.all(held);
});

test('a full server turns away the address with the most requests, and no other', async () => {
  const [heavy, light] = [newAddress(), newAddress()];
  const held = [...(await hold(heavy, 5)), ...(await hold(light, AT_ONCE - 5))];
  expect(await statusFor(heavy)).toBe(503);
  expect(await statusFor(light)).toBe(200);
  expect(await statusFor(newAddress())).toBe(200);
  expect(await Promise.all(held)).toEqual(held.map(() => 303));
});

test('while one address floods the server with 64 connections, everybody else gets their link', async () => {
  const heavy = newAddress();
  const seen = new Set<number>();
  let isOver = false;
  const flood = Array.from({ length: 64 }, async () => {
    while (!isOver) seen.add(await statusFor(heavy));
  });
  for (let at = 0; at < 10; at += 1) {
    const person = new Applicant(undefined, stack.origins.app);
    person.address = newAddress();
    await person.fill(port());
    expect((await person.submit(port())).status).toBe(303);
  }
  isOver = true;
  await Promise.all(flood);
  expect(seen).toContain(429);
});

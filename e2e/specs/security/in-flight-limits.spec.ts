import { createRaasControl } from '../../support/control-client.ts';
import { expect, test } from '../../support/fixtures.ts';
import { sendRequest } from '../../support/http.ts';
import { HttpApplicant } from '../../support/http-applicant.ts';
import { type Stack, startStack } from '../../support/stack.ts';

const MAX_PER_ADDRESS = 6;
const MAX_IN_FLIGHT = 8;
/** How long the upstream takes for a submission that holds a place. The app answers after four seconds in any case. */
const HOLD_MS = 6_000;
const ENV = {
  TRUSTED_HOPS: '1',
  SHED_DELAY_MS: '60000',
  LIMIT_IN_FLIGHT_PER_ADDRESS: String(MAX_PER_ADDRESS),
  SHED_REQUESTS: String(MAX_IN_FLIGHT),
  SHED_BUSY_REQUESTS: String(MAX_IN_FLIGHT),
};

let stack: Stack;
const port = () => Number(new URL(stack.origins['server'] ?? '').port);
const raas = createRaasControl(() => stack.origins['raasControl'] ?? '');

test.describe.configure({ mode: 'default' });
test.beforeAll(async () => {
  stack = await startStack({ ports: 'free', env: ENV });
});
test.afterAll(() => stack?.stop());

let addressCount = 0;
const createAddress = () => `203.0.113.${++addressCount}`;

const getStatus = async (address: string) =>
  (await sendRequest(port(), '/en', { address, origin: stack.origins.app })).status;

/** So many people at one address whose submissions are in flight. @returns their answers */
async function holdRequests(address: string, count: number): Promise<Promise<number>[]> {
  const people = Array.from({ length: count }, () => new HttpApplicant(undefined, stack.origins.app));
  for (const person of people) {
    person.address = createAddress();
    await person.fill(port());
    await raas.setNextAnswer(person.phone, { endpoint: 'sessionlink', delayMs: HOLD_MS });
    person.address = address;
  }
  const answers = people.map((person) => person.submit(port()).then(({ status }) => status));
  await Promise.all(
    people.map(({ phone }) => expect.poll(async () => (await raas.getSubmitRequests(phone)).length).toBe(1)),
  );
  return answers;
}

test('an address has no more requests in flight than its limit, and another address is served meanwhile', async () => {
  const heavyAddress = createAddress();
  const heldRequests = await holdRequests(heavyAddress, MAX_PER_ADDRESS);
  expect(await getStatus(heavyAddress)).toBe(429);
  expect(await getStatus(createAddress())).toBe(200);
  expect(await Promise.all(heldRequests)).toEqual(heldRequests.map(() => 303));
  expect(await getStatus(heavyAddress)).toBe(200);
});

test('the addresses of one IPv6 network have one limit', { tag: '@all' }, async () => {
  const heldRequests = await holdRequests('2001:db8:1:2::1', MAX_PER_ADDRESS);
  expect(await getStatus('2001:db8:1:2:ffff::2')).toBe(429);
  expect(await getStatus('2001:db8:1:3::1')).toBe(200);
  await Promise.all(heldRequests);
});

test('a full server turns away the address with the most requests, and no other', { tag: '@all' }, async () => {
  const [heavyAddress, lightAddress] = [createAddress(), createAddress()];
  const heldRequests = [
    ...(await holdRequests(heavyAddress, 5)),
    ...(await holdRequests(lightAddress, MAX_IN_FLIGHT - 5)),
  ];
  expect(await getStatus(heavyAddress)).toBe(503);
  expect(await getStatus(lightAddress)).toBe(200);
  expect(await getStatus(createAddress())).toBe(200);
  expect(await Promise.all(heldRequests)).toEqual(heldRequests.map(() => 303));
});

test('while one address floods the server with 64 connections, everybody else gets their link', {
  tag: '@all',
}, async () => {
  const heavyAddress = createAddress();
  const statuses = new Set<number>();
  let isFinished = false;
  const requests = Array.from({ length: 64 }, async () => {
    while (!isFinished) statuses.add(await getStatus(heavyAddress));
  });
  for (let attempt = 0; attempt < 10; attempt += 1) {
    const person = new HttpApplicant(undefined, stack.origins.app);
    person.address = createAddress();
    await person.fill(port());
    expect((await person.submit(port())).status).toBe(303);
  }
  isFinished = true;
  await Promise.all(requests);
  expect(statuses).toContain(429);
});

import { type ChildProcess, spawn } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from 'vitest';

const PORTS = ['RAAS', 'LINK', 'RAAS_CONTROL', 'MAPS', 'MAPS_CONTROL', 'VGS', 'VGS_CONTROL'];
const env = { ...process.env, ...Object.fromEntries(PORTS.map((name) => [`SANDBOX_${name}_PORT`, '0'])) };
const children: ChildProcess[] = [];
let origins: Record<string, string> = {};

beforeAll(async () => {
  for (const name of ['raas', 'maps', 'vgs']) {
    const child = spawn('node', [`e2e/sandbox/${name}/server.ts`], { env, stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    const line = await new Promise<string>((resolve) => child.stdout?.once('data', (data) => resolve(String(data))));
    origins = { ...origins, ...(JSON.parse(line) as { ready: Record<string, string> }).ready };
  }
});
afterAll(() => {
  for (const child of children) child.kill();
});

const PERSON = {
  firstName: 'Ana',
  lastName: 'Ruiz',
  phoneNumber: '+525500000001',
  address1: 'Calle 1',
  city: 'Centro',
  state: 'Q.R.',
  countryCode: 'MX',
};
const CARD = {
  name: 'VISA-1111',
  cardtype: 'DebitCard',
  number: 'tok_sandbox_9PNgfqqpdpyQpnD1jYkdw1_1111',
  nameOnCard: 'Ana Ruiz',
  expirationDate: '1140',
  cardNetwork: 'Visa',
};

/** The vendor's published example. */
const EXAMPLE_REQUEST = {
  phoneNumber: '+5215521206706',
  firstName: 'Maria',
  lastName: 'Garcia',
  dob: '1987-06-24',
  city: 'San Pedro de los Pinos',
  zipCode: '03800',
  state: 'CDMX',
  address3: 'Ciudad de México',
  countryCode: 'MX',
  address1: 'Avenida Calle Dos 296',
  latitude: 19.3953755,
  longitude: -99.1384059,
  gender: 'Male',
  email: 'ariel+fielContigo@leapfinancial.com',
  lang: 'en',
  birthState: 'MX-CMX',
  paymentMethodType: 'Card',
  addCardParams: { ...CARD, nameOnCard: 'Juan Perez Gomez', expirationDate: '1128' },
};

async function callApi(path: string, body: unknown, { key = 'sandbox-partner-key', method = 'POST' } = {}) {
  const response = await fetch(origins['raas'] + path, {
    method,
    headers: { 'content-type': 'application/json', api_key: key },
    ...(method === 'POST' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : undefined };
}
const requestLink = (body: unknown, options = {}) => callApi('/v1/auth/sessionlink-v2', body, options);
const postControl = (path: string, body: object) =>
  fetch(origins['raasControl'] + path, { method: 'POST', body: JSON.stringify(body) });

test('answers the vendor’s example request as published', async () => {
  const { status, body } = await requestLink(EXAMPLE_REQUEST);
  expect(status).toBe(200);
  expect(body).toEqual({
    paymentMethodStatus: 'ValidCard',
    link: expect.stringMatching(/\/[A-Za-z0-9]{5}$/),
    status: 'Completed',
    statusDetail: 'None',
  });
});

test('knows the key by its exact header', async () => {
  expect(await requestLink(PERSON, { key: 'wrong' })).toMatchObject({
    status: 401,
    body: { reason: 'Missing or invalid API key' },
  });
  await postControl('/settings', { key: '+525500000009', scopeStatus: 401 });
  expect(await callApi('/v1/auth/get-user-token-v2', PERSON, { key: 'sandbox-send-key' })).toMatchObject({
    status: 403,
  });
  const otherPerson = { ...PERSON, phoneNumber: '+525500000009' };
  expect(await callApi('/v1/auth/get-user-token-v2', otherPerson, { key: 'sandbox-send-key' })).toMatchObject({
    status: 401,
  });
});

test.each([
  [{ firstName: undefined }, 'ERROR_INVALID_SCHEMA'],
  [{ firstName: '' }, 'ERROR_INVALID_SCHEMA'],
  [{ phoneNumber: undefined }, 'ERROR_INVALID_SCHEMA'],
  [{ phoneNumber: '5500000001' }, 'INVALID_PHONE_NUMBER'],
  [{ email: 'a@b' }, 'ERROR_INVALID_EMAIL_FORMAT'],
  [{ email: '' }, 'ERROR_INVALID_SCHEMA'],
  [{ dob: '1987-02-30' }, 'ERROR_INVALID_DATE_OF_BIRTH'],
  [{ dob: '2020-01-01' }, 'ERROR_INVALID_DATE_OF_BIRTH'],
  [{ dob: '1900-01-01' }, 'ERROR_INVALID_DATE_OF_BIRTH'],
  [{ gender: 'male' }, 'ERROR_INVALID_SCHEMA'],
  [{ lang: 'fr' }, 'ERROR_INVALID_SCHEMA'],
  [{ latitude: '19' }, 'ERROR_INVALID_SCHEMA'],
  [{ placeDetail: '{}' }, 'ERROR_INVALID_SCHEMA'],
  [{ extra: 1 }, 'ERROR_INVALID_SCHEMA'],
  [{ countryCode: 'Mexico' }, 'ERROR_INVALID_SCHEMA'],
  [{ countryCode: 'US' }, 'ERROR_COUNTRY_NOT_SUPPORTED'],
  [{ addCardParams: { ...CARD, number: '4111111111111111' } }, 'ERROR_INVALID_SCHEMA'],
  [{ addCardParams: { ...CARD, cardType: 'DebitCard' } }, 'ERROR_INVALID_SCHEMA'],
  [{ addCardParams: { ...CARD, isPrimary: true } }, 'ERROR_INVALID_SCHEMA'],
  [{ addCardParams: { ...CARD, cardNetwork: 'Mastercard' } }, 'ERROR_INVALID_SCHEMA'],
  [{ addCardParams: { ...CARD, expirationDate: '11/40' } }, 'ERROR_INVALID_SCHEMA'],
  [{ addCardParams: { ...CARD, expirationDate: '0120' } }, 'ERROR_INVALID_SCHEMA'],
  [{ addCardParams: { ...CARD, securityCode: '123' } }, 'ERROR_INVALID_SCHEMA'],
  [{ ubnParams: { number: '002320275621938816' } }, 'UBN_VALIDATION_ERROR'],
])('refuses a person with %j', async (change, code) => {
  const { status, body } = await requestLink({ ...PERSON, ...change });
  expect({ status, code: body.code }).toEqual({ status: 400, code });
});

test('remembers people by either spelling of a Mexican phone, and refuses them when told to', async () => {
  const person = { ...PERSON, phoneNumber: '+5215500000002' };
  expect((await requestLink(person)).status).toBe(200);
  expect((await requestLink({ ...person, phoneNumber: '+525500000002' })).status).toBe(200);
  const lookup = await callApi('/v1/auth/get-user-token-v2', { phoneNumber: '+525500000002' });
  expect(lookup).toMatchObject({ status: 200, body: { userId: expect.any(String) } });
  expect(await callApi(`/v1/auth/sessionlink-v4/${lookup.body.userId}`, null, { method: 'GET' })).toMatchObject({
    status: 200,
  });
  await postControl('/settings', { key: '+525500000002', existingUser: 'refuse' });
  expect(await requestLink(person)).toMatchObject({ status: 400, body: { code: 'ERROR_USER_ALREADY_ENROLLED' } });
});

test('registers a user who is on process first and completed later', async () => {
  const person = { ...PERSON, phoneNumber: '+525500000003' };
  expect(await callApi('/v1/auth/register-user-v2', person)).toMatchObject({
    status: 200,
    body: { status: 'OnProcess' },
  });
  const lookUpUser = () => callApi('/v1/auth/get-user-token-v2', { phoneNumber: '+525500000003' });
  expect((await lookUpUser()).body.status).toBe('OnProcess');
  expect((await lookUpUser()).body.status).toBe('Completed');
  expect(await callApi('/v1/auth/register-user-v2', { ...person, countryCode: 'US' })).toMatchObject({
    body: { code: 'ERROR_INVALID_COUNTRY_CODE' },
  });
});

test('answers as a test asked, once, and only for its own key', async () => {
  const person = { ...PERSON, phoneNumber: '+525500000004' };
  await postControl('/next', {
    key: '+525500000004',
    answer: { status: 503, body: 'down', headers: { 'retry-after': '1' } },
  });
  expect((await requestLink({ ...PERSON, phoneNumber: '+525500000005' })).status).toBe(200);
  const response = await fetch(`${origins['raas']}/v1/auth/sessionlink-v2`, {
    method: 'POST',
    body: JSON.stringify(person),
  });
  expect([response.status, response.headers.get('retry-after'), await response.text()]).toEqual([503, '1', 'down']);
  expect((await requestLink(person)).status).toBe(200);
});

test('keeps what it received, as it came', async () => {
  const person = { ...PERSON, phoneNumber: '+525500000006' };
  const raw = JSON.stringify(person, null, 3);
  await requestLink(raw);
  const requests = await (await fetch(`${origins['raasControl']}/received?key=%2B525500000006`)).json();
  expect(requests).toEqual([expect.objectContaining({ body: raw, status: 200, path: '/v1/auth/sessionlink-v2' })]);
});

test('the vault makes one alias per card, takes test cards only and redacts by name only', async () => {
  const post = async (body: object) => {
    const response = await fetch(`${origins['vgs']}/post`, { method: 'POST', body: JSON.stringify(body) });
    return { status: response.status, body: (await response.json()) as { json: Record<string, string> } };
  };
  const card = { CardNumber: '4111111111111111', Cvv: '123' };
  const first = await post(card);
  expect(first.body.json['CardNumber']).toMatch(/^tok_sandbox_[1-9A-HJ-NP-Za-km-z]{22}_1111$/);
  expect(first.body.json['Cvv']).toMatch(/^tok_sandbox_[1-9A-HJ-NP-Za-km-z]{22}$/);
  expect((await post(card)).body.json['CardNumber']).toBe(first.body.json['CardNumber']);
  expect((await post({ cardNumber: 'x' })).body.json).toEqual({ cardNumber: 'x' });
  expect((await post({ CardNumber: '4000000000000002' })).status).toBe(400);
});

test('the vault gives aliases in the form that was asked for, those that look like card data included', async () => {
  const requestAliases = async (...data: object[]) => {
    const response = await fetch(`${origins['vgs']}/tokens`, { method: 'POST', body: JSON.stringify({ data }) });
    const body = (await response.json()) as { data?: { aliases: { alias: string }[] }[] };
    return { status: response.status, aliases: body.data?.map(({ aliases }) => aliases[0]?.alias) };
  };
  const number = { value: '4111111111111111', storage: 'PERSISTENT' };
  const code = { value: '123', storage: 'VOLATILE' };
  expect(await requestAliases({ ...number, format: 'UUID' }, { ...code, format: 'UUID' })).toEqual({
    status: 200,
    aliases: [0, 1].map(() => expect.stringMatching(/^tok_sandbox_[1-9A-HJ-NP-Za-km-z]{22}$/)),
  });
  expect((await requestAliases({ ...number, format: 'GENERIC_T_FOUR' })).aliases).toEqual([
    expect.stringMatching(/_1111$/),
  ]);
  expect((await requestAliases(number, { ...code, format: 'NUM_LENGTH_PRESERVING' })).aliases?.[1]).toBe('777');
  expect((await requestAliases({ value: '4000000000000002' })).status).toBe(400);
});

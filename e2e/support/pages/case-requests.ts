import { type APIRequestContext, expect } from '@playwright/test';
import { parseActionFields } from '../http-applicant.ts';
import { callAction, getSameOriginHeaders } from './server-actions.ts';

// An agent's and a customer's way through a case as posts without a browser, for tests about what comes after it.

const STEP_FIELDS: readonly [string, Record<string, string>][] = [
  ['identity', { firstName: 'Ana', lastName: 'Ruiz', 'dob.day': '1', 'dob.month': '2', 'dob.year': '1990' }],
  [
    'address',
    {
      address1: 'Calle Dos 10',
      zipCode: '03800',
      city: 'San Pedro de los Pinos',
      state: 'Ciudad de México',
      countryCode: 'MX',
    },
  ],
  ['payment', { paymentMethodType: 'DigitalWallet' }],
];

/** Posts an action and returns the path that it redirects to. */
async function followAction(...call: Parameters<typeof callAction>): Promise<string> {
  const answer = await callAction(...call);
  expect(answer.status(), call[1]).toBe(303);
  return answer.headers()['location'] ?? '';
}

/** Starts a case for a phone and answers all of its steps, paid with a wallet. @returns the case's id */
export async function createFilledCase(agent: APIRequestContext, phone: string): Promise<string> {
  const start = { path: '/en/assist', args: ['en', '$undefined'], fields: { phoneNumber: phone, spoken: 'es' } };
  const [, id = ''] = /\/cases\/([^/]+)/.exec(await followAction(agent, 'startCase', start)) ?? [];
  for (const [step, fields] of STEP_FIELDS) {
    const stepFields = step === 'identity' ? { ...fields, phoneNumber: phone } : fields;
    const path = `/en/assist/cases/${id}/${step}`;
    await followAction(agent, 'saveCaseStep', { path, args: ['en', id, step, '$undefined'], fields: stepFields });
  }
  return id;
}

/** Hands a case over to a customer's device, by the code, and confirms the device. */
export async function handOverByPosts(agent: APIRequestContext, customer: APIRequestContext, id: string) {
  const path = `/en/assist/cases/${id}/hand-over`;
  await followAction(agent, 'handOver', { path, args: ['en', id, 'hand-over'] });
  const [, code = ''] = /<strong[^>]*>([2-9A-Z]{4} [2-9A-Z]{4})</.exec(await (await agent.get(path)).text()) ?? [];
  await followAction(customer, 'redeemCode', { path: '/es/continue', args: ['es'], fields: { code } });
  // The device's id stands in the form that confirms it, HTML-encoded.
  const [, device = ''] = /&quot;([\w-]{43})&quot;/.exec(await (await agent.get(path)).text()) ?? [];
  await followAction(agent, 'confirmDevice', { path, args: ['en', id, device, 'hand-over'] });
  await followAction(customer, 'enterCase', { path: '/es/continue', args: ['es'] });
}

/** Posts the review page of a customer's device. @returns the path or the address that it leads to */
export async function submitByPosts(customer: APIRequestContext): Promise<string> {
  const path = '/es/onboarding/review';
  const multipart = Object.fromEntries(parseActionFields(await (await customer.get(path)).text()));
  const answer = await customer.post(path, { multipart, headers: getSameOriginHeaders(), maxRedirects: 0 });
  expect(answer.status()).toBe(303);
  return answer.headers()['location'] ?? '';
}

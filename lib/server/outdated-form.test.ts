import { afterAll, expect, test, vi } from 'vitest';
import { startHttpServer } from '../../e2e/support/http-server.ts';
import { handleOutdatedForm } from './outdated-form.ts';

vi.mock('../config/translations/get-brand-messages.ts', async () => {
  const { default: en } = await import('../i18n/messages/en.json');
  return { getBrandMessages: () => en };
});

const CASE_ID = '0190a7c2-0000-7000-8000-000000000000';
const FORM = 'content-disposition: form-data; name="firstName"';
const { server, origin } = await startHttpServer((request, response) => {
  const { pathname } = new URL(request.url ?? '', 'http://x');
  handleOutdatedForm(request, response, pathname, () => Buffer.from(String(request.headers['x-body'] ?? FORM)));
  request.resume();
  response.writeHead(Number(request.headers['x-status'] ?? 409), { 'content-type': 'text/plain' }).end('theirs');
});
afterAll(() => server.close());

const send = (path: string, headers: Record<string, string> = {}, method = 'POST') =>
  fetch(origin + path, { method, headers, redirect: 'manual' });

test.each(['/en/onboarding/identity', '/es/onboarding/address', `/en/assist/cases/${CASE_ID}/payment`, '/es/assist'])(
  'a form of %s is posted again to the route beside its page',
  async (path) => {
    const response = await send(path);
    expect([response.status, response.headers.get('location')]).toEqual([307, `${path}/typed`]);
    expect(response.headers.get('cache-control')).toBe('private, no-store');
  },
);

test.each(['/en/onboarding/review', '/en/continue', `/en/assist/cases/${CASE_ID}/hand-over`])(
  'a form of %s gets a page that leads back to it',
  async (path) => {
    const response = await send(path);
    expect(response.status).toBe(409);
    expect(await response.text()).toContain(`href="${path}"`);
  },
);

test.each<[string, Record<string, string>, string]>([
  ['without a field of ours', { 'x-body': 'name="$ACTION_ID_1"' }, 'POST'],
  ['of a script', { 'next-action': 'x' }, 'POST'],
  ['that is no post', {}, 'GET'],
  ['with another status', { 'x-status': '500' }, 'POST'],
])('the answer to a request %s stays', async (_, headers, method) => {
  expect(await (await send('/en/onboarding/identity', headers, method)).text()).toBe('theirs');
});

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { getRequestContextStorage } from '../http/request-context.ts';
import { StoreError } from '../store/store-error.ts';
import { handleOutage, recordFormBody } from './outage.ts';

vi.mock('../config/translations/get-brand-messages.ts', async () => {
  const { default: outage } = await import('../i18n/messages/en.json', { with: { type: 'json' } });
  return { getBrandMessages: () => outage };
});

/** Fails as the framework does: it reads the form, sets headers of its own, and answers in one of its ways. */
const ways: Record<string, (response: ServerResponse) => void> = {
  'in one go': (response) => {
    response.statusCode = 500;
    response.end('Internal Server Error');
  },
  'in pieces': (response) => {
    response.writeHead(500, { 'content-type': 'text/html', 'content-length': '6' });
    response.write('<html>');
    response.end();
  },
};

let server: Server;
let origin: string;
let hasFailed = true;
beforeAll(async () => {
  server = createServer(async (request: IncomingMessage, response) => {
    const context = { hasStarted: true, isUnreadable: false, isOutage: false };
    const { pathname } = new URL(request.url ?? '', 'http://x');
    const body = recordFormBody(request, pathname);
    await new Promise(setImmediate); // as the gate does, which asks its limits
    handleOutage(request, response, pathname, { context, body });
    response.setHeader('content-encoding', 'gzip');
    const way = ways[String(request.headers['x-way'])];
    await getRequestContextStorage().run(context, async () => {
      for await (const _ of request);
      context.isOutage = way !== undefined && hasFailed;
      if (way) return way(response);
      response.removeHeader('content-encoding');
      response.end('good');
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const form = () => {
  const data = new FormData();
  data.set('$ACTION_ID_1', '');
  data.set('firstName', 'Zoë "Z" <b>');
  data.set('lastName', '4111 1111 1111 1111');
  return data;
};
const post = (path: string, way: string, headers: Record<string, string> = {}) =>
  fetch(`${origin}${path}`, { method: 'POST', body: form(), headers: { 'x-way': way, ...headers } });

test.each(Object.keys(ways))(
  'a failing store that the framework answers %s: 503, with the form to post again',
  async (way) => {
    const answer = await post('/en/onboarding/identity', way);
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(answer.headers.get('content-encoding')).toBeNull();
    const page = await answer.text();
    expect(page).toContain('<html lang="en">');
    expect(page).toContain('name="$ACTION_ID_1" value=""');
    expect(page).toContain('name="firstName" value="Zo&#235; &#34;Z&#34; &#60;b&#62;"'.replace('&#235;', 'ë'));
    expect(page).not.toContain('4111');
    expect(page).toContain('<button>');
  },
);

test.each(Object.keys(ways))(
  'a page that is asked for, or a form with codes, comes back without fields: %s',
  async (way) => {
    const page = await fetch(`${origin}/es/onboarding/review`, { headers: { 'x-way': way } });
    expect(page.status).toBe(503);
    expect(await page.text()).toMatch(/<html lang="es">(?!.*<input)/);
    expect(await (await post('/en/continue', way)).text()).not.toContain('<input');
    expect(await (await post('/en/onboarding/card', way)).text()).not.toContain('<input');
  },
);

test('scripts, answers that are good, and failures of another kind are left alone', async () => {
  expect((await post('/en/onboarding/identity', 'in one go', { 'next-action': 'x' })).status).toBe(500);
  expect(await (await post('/en/onboarding/identity', 'none')).text()).toBe('good');
  hasFailed = false;
  const bug = await fetch(`${origin}/en`, { headers: { 'x-way': 'in one go', 'accept-encoding': 'identity' } }).catch(
    () => undefined,
  );
  expect(bug?.status ?? 500).toBe(500);
  hasFailed = true;
});

test('an error of the database is one, what was asked wrongly is none', async () => {
  const { isOutage } = await import('../store/store-error.ts');
  expect(
    ['ECONNREFUSED', '57P01', '53100', 'QUERY_TIMEOUT', '25006'].map((code) => isOutage(new StoreError(code, 's'))),
  ).toEqual(Array(5).fill(true));
  expect(['22P02', '23505', '42P01'].map((code) => isOutage(new StoreError(code, 's')))).toEqual(Array(3).fill(false));
});

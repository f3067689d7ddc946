import { afterAll, expect, test } from 'vitest';
import { startHttpServer } from '../../e2e/support/http-server.ts';
import { keepActionRedirectStatus } from './action-redirect-status.ts';

const { server, origin } = await startHttpServer((request, response) => {
  keepActionRedirectStatus(request, response);
  const { status, name } = JSON.parse(String(request.headers['x-answer']));
  response.statusCode = status;
  if (name) response.setHeader(name, '/next');
  response.end();
});
afterAll(() => server.close());

const ACTION = { 'next-action': 'a' };
const post = async (answer: object, headers: Record<string, string> = {}, method = 'POST') => {
  const init = { method, redirect: 'manual' as const, headers: { ...headers, 'x-answer': JSON.stringify(answer) } };
  return (await fetch(origin, init)).status;
};

test('a form without script is redirected, whatever status another redirect left', async () => {
  expect(await post({ status: 200, name: 'location' })).toBe(303);
  expect(await post({ status: 303, name: 'location' })).toBe(303);
  expect(await post({ status: 200 })).toBe(200);
  expect(await post({ status: 409, name: 'location' })).toBe(409);
});

test('an action of a script answers with 200 and its own header', async () => {
  expect(await post({ status: 303, name: 'x-action-redirect' }, ACTION)).toBe(200);
  expect(await post({ status: 200, name: 'x-action-redirect' }, ACTION)).toBe(200);
  expect(await post({ status: 303, name: 'location' }, ACTION)).toBe(303);
});

test('a page that is asked for keeps its status', async () => {
  expect(await post({ status: 200, name: 'location' }, {}, 'GET')).toBe(200);
});

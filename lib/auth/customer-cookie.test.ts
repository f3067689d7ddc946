import { beforeEach, expect, test, vi } from 'vitest';
import { browser } from '../http/test-next.ts';
import { createCustomerCookie } from './customer-cookie.ts';

vi.mock('next/headers', async () => (await import('../http/test-next.ts')).nextHeaders);

const cookie = createCustomerCookie('draft', 60);
beforeEach(() => {
  browser.cookies.clear();
  browser.options.clear();
  browser.headers = new Headers();
});

test('in the whole window a cookie is as it always was', async () => {
  await cookie.write('token');
  expect([...browser.options]).toEqual([
    ['__Host-draft', { httpOnly: true, secure: true, sameSite: 'lax', path: '/', maxAge: 60 }],
  ]);
});

test('in a partner’s frame it has another name and is kept for that partner’s site alone', async () => {
  await cookie.write('of the window');
  browser.headers = new Headers({ 'x-framed': '1' });
  expect(await cookie.read()).toBeUndefined();
  await cookie.write('of the frame');
  expect(browser.options.get('__Host-framed-draft')).toEqual({
    httpOnly: true,
    secure: true,
    sameSite: 'none',
    partitioned: true,
    path: '/',
    maxAge: 60,
  });
  expect(await cookie.read()).toBe('of the frame');
  browser.headers = new Headers();
  expect(await cookie.read()).toBe('of the window');
});

test('a frame deletes its own cookie, which a browser finds by its partition', async () => {
  browser.cookies.set('__Host-draft', 'of the window');
  browser.headers = new Headers({ 'x-framed': '1' });
  await cookie.write('of the frame');
  await cookie.remove();
  expect([...browser.cookies]).toEqual([['__Host-draft', 'of the window']]);
  expect(browser.options.get('__Host-framed-draft')).toMatchObject({ maxAge: 0, partitioned: true });
});

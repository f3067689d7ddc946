import { expect, test, vi } from 'vitest';
import { browser } from '../http/test-next.ts';
import { checkCookie, handoverCookie, helpCookie, walletCookie } from './short-cookies.ts';

vi.mock('next/headers', async () => (await import('../http/test-next.ts')).nextHeaders);

test.each([
  ['__Host-hand-over', handoverCookie],
  ['__Host-help', helpCookie],
  ['__Host-check', checkCookie],
  ['__Host-wallet', walletCookie],
])('%s lives for ten minutes, like the code that it belongs to', async (name, cookie) => {
  expect(await cookie.read()).toBeUndefined();
  await cookie.write('token');
  expect(await cookie.read()).toBe('token');
  expect(browser.options.get(name)).toMatchObject({ maxAge: 600, httpOnly: true, secure: true });
  await cookie.remove();
  expect(await cookie.read()).toBeUndefined();
});

import { expect, test, vi } from 'vitest';
import { browser } from '../http/test-next.ts';
import { countCookies } from './count-cookies.ts';

vi.mock('next/headers', async () => (await import('../http/test-next.ts')).nextHeaders);

test('only cookies of this server are counted', async () => {
  expect(await countCookies()).toBe(0);
  for (const name of ['_ga', 'x__Host-draft', '__Secure-draft']) browser.cookies.set(name, '1');
  expect(await countCookies()).toBe(0);
  for (const name of ['__Host-draft', '__Host-check']) browser.cookies.set(name, '1');
  expect(await countCookies()).toBe(2);
});

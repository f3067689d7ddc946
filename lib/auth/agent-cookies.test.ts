import { expect, test, vi } from 'vitest';
import { browser } from '../http/test-next.ts';
import { deleteAgentToken, readAgentToken, writeAgentToken } from './agent-cookies.ts';

vi.mock('next/headers', async () => (await import('../http/test-next.ts')).nextHeaders);

test('the agent’s cookie is a session cookie with HttpOnly, Secure and SameSite=Lax', async () => {
  await writeAgentToken('token');
  expect(await readAgentToken()).toBe('token');
  const options = { httpOnly: true, secure: true, sameSite: 'lax', path: '/' };
  expect(browser.options.get('__Host-agent')).toEqual(options);
  await deleteAgentToken();
  expect(await readAgentToken()).toBeUndefined();
  expect(browser.options.get('__Host-agent')).toEqual({ ...options, maxAge: 0 });
});

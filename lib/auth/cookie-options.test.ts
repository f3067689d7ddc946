import { expect, test } from 'vitest';
import { COOKIE_OPTIONS } from './cookie-options.ts';

test('a cookie has the attributes that its `__Host-` prefix requires, and none that a subdomain could use', () => {
  expect(COOKIE_OPTIONS).toEqual({ httpOnly: true, secure: true, sameSite: 'lax', path: '/' });
  expect(COOKIE_OPTIONS).not.toHaveProperty('domain');
});

import { expect, test, vi } from 'vitest';
import { getStore } from '../../store/store.ts';
import { ana } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { signOut } from './sign-out.ts';

const getSignOutUrl = vi.fn(async (): Promise<URL | undefined> => new URL('https://login.example/out'));
vi.mock('../../auth/identity-provider.ts', () => ({ getSignOutUrl: () => getSignOutUrl() }));

setUpTestStore();

test('the session ends in the store, and the sign-out continues at the identity provider', async () => {
  const { agents } = await getStore();
  const { subject, name, role, shop } = ana;
  const token = await agents.create({ subject, name, role, shop, isShared: false });
  expect(await signOut(await agents.find(token), token, 'en')).toBe('https://login.example/out');
  expect(await agents.find(token)).toBeUndefined();
});

test('without the provider’s address, or without a session, the sign-out ends on the sign-in page', async () => {
  getSignOutUrl.mockResolvedValueOnce(undefined);
  expect(await signOut(undefined, 'a token', 'en')).toBe('/en/assist/sign-in');
  expect(await signOut(undefined, undefined, 'es')).toBe('/es/assist/sign-in');
});

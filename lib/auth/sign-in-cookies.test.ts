import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { SignIn } from './identity-provider.ts';

type Cookie = { name: string; value: string };

/** The browser: it forgets what is set with no age. */
const browser = new Map<string, string>();
vi.mock('next/headers', () => ({
  cookies: async () => ({
    get: (name: string): Cookie | undefined => listCookies().find((cookie) => cookie.name === name),
    getAll: listCookies,
    set: (name: string, value: string, { maxAge }: { maxAge: number }) =>
      maxAge === 0 ? browser.delete(name) : browser.set(name, value),
  }),
}));
const listCookies = (): Cookie[] => [...browser].map(([name, value]) => ({ name, value }));

const { MAX_SIGN_INS, claimSignIn: takeSignIn, writeSignIn } = await import('./sign-in-cookies.ts');

const createAttempt = (state: string): SignIn => ({
  ...{ state, nonce: `nonce of ${state}`, verifier: 'v', isShared: false, lang: 'en', isFresh: false, ends: [] },
  lockedPage: { subject: 'ana', path: `/en/assist/cases/${state}` },
});

beforeEach(() => {
  for (const [name, value] of Object.entries(parseEnv(readFileSync('.env.example', 'utf8')))) vi.stubEnv(name, value);
  vi.useFakeTimers();
  browser.clear();
});
afterEach(() => void vi.useRealTimers());

test('each attempt is taken by its own state, in any order, once', async () => {
  for (const state of ['en.a', 'es.b']) await writeSignIn(createAttempt(state));
  expect(await takeSignIn('es.b')).toMatchObject(createAttempt('es.b'));
  expect(await takeSignIn('en.a')).toMatchObject(createAttempt('en.a'));
  expect([await takeSignIn('en.a'), await takeSignIn('es.b')]).toEqual([undefined, undefined]);
  expect(browser.size).toBe(0);
});

test('a state of no attempt takes nothing and leaves the others', async () => {
  await writeSignIn(createAttempt('en.a'));
  for (const state of ['', 'en.b', '__Host-agent', 'en.a\r\nx: y'])
    expect(await takeSignIn(state), state).toBe(undefined);
  expect(await takeSignIn('en.a')).toBeDefined();
});

test('of more attempts than are kept the oldest are dropped, and what is not ours before them', async () => {
  browser.set('__Host-sign-in-junk', 'no value of ours');
  const states = Array.from({ length: MAX_SIGN_INS + 2 }, (_, index) => `en.${index}`);
  for (const state of states) {
    await writeSignIn(createAttempt(state));
    vi.advanceTimersByTime(1_000);
    expect(browser.size).toBeLessThanOrEqual(MAX_SIGN_INS);
  }
  const claimedStates = [];
  for (const state of states) if (await takeSignIn(state)) claimedStates.push(state);
  expect(claimedStates).toEqual(states.slice(2));
});

test('an attempt lives for ten minutes, whatever the browser keeps', async () => {
  await writeSignIn(createAttempt('en.a'));
  await writeSignIn(createAttempt('en.b'));
  vi.advanceTimersByTime(599_999);
  expect(await takeSignIn('en.a')).toBeDefined();
  vi.advanceTimersByTime(1);
  expect(await takeSignIn('en.b')).toBe(undefined);
});

test('a cookie under the name of another attempt is not taken for it', async () => {
  await writeSignIn(createAttempt('en.a'));
  browser.set('__Host-sign-in-en.b', browser.get('__Host-sign-in-en.a') ?? '');
  expect(await takeSignIn('en.b')).toBe(undefined);
});

import 'server-only';
import { cookies } from 'next/headers';
import { getKeys } from '../config/env.ts';
import { decrypt, encrypt } from '../crypto/encryption.ts';
import { COOKIE_OPTIONS } from './cookie-options.ts';
import type { SignIn } from './identity-provider.ts';

/** The rest of the name is the attempt's state, so that two tabs of one browser do not replace each other's. */
const COOKIE_PREFIX = '__Host-sign-in-';
const MAX_AGE_SECONDS = 600;

/** Attempts that one browser keeps. Four of the largest fit into the 8 kB that proxies allow one header. */
export const MAX_SIGN_INS = 4;

type Attempt = SignIn & { begunAtMs: number };

/** @returns undefined for a value that is not ours, or whose key is no longer configured */
function decryptAttempt(ciphertext: string): Attempt | undefined {
  try {
    return JSON.parse(decrypt(ciphertext, 'sign-in', getKeys())) as Attempt;
  } catch {
    return undefined;
  }
}

/** Keeps a sign-in until the agent comes back. Of more than `MAX_SIGN_INS` attempts the oldest ones are dropped. */
export async function writeSignIn(signIn: SignIn): Promise<void> {
  const cookieStore = await cookies();
  const earlierCookies = cookieStore
    .getAll()
    .filter(({ name }) => name.startsWith(COOKIE_PREFIX))
    .map(({ name, value }) => ({ name, begunAtMs: decryptAttempt(value)?.begunAtMs ?? 0 }))
    .sort((a, b) => b.begunAtMs - a.begunAtMs);
  for (const { name } of earlierCookies.slice(MAX_SIGN_INS - 1))
    cookieStore.set(name, '', { ...COOKIE_OPTIONS, maxAge: 0 });
  const attempt: Attempt = { ...signIn, begunAtMs: Date.now() };
  const ciphertext = encrypt(JSON.stringify(attempt), 'sign-in', getKeys());
  cookieStore.set(COOKIE_PREFIX + signIn.state, ciphertext, { ...COOKIE_OPTIONS, maxAge: MAX_AGE_SECONDS });
}

/**
 * Takes the sign-in that this browser began with a state. It can be taken once.
 *
 * @returns undefined when this browser did not begin it, has ended it, or began it more than ten minutes ago
 */
export async function claimSignIn(state: string): Promise<SignIn | undefined> {
  const cookieStore = await cookies();
  const cookie = cookieStore.get(COOKIE_PREFIX + state);
  if (!cookie) return undefined;
  cookieStore.set(cookie.name, '', { ...COOKIE_OPTIONS, maxAge: 0 });
  const attempt = decryptAttempt(cookie.value);
  // The browser's clock may be wrong, and a copied cookie has no end.
  const isCurrent = attempt?.state === state && Date.now() - attempt.begunAtMs < MAX_AGE_SECONDS * 1_000;
  return isCurrent ? attempt : undefined;
}

import 'server-only';
import { cookies } from 'next/headers';
import { getKeys } from '../config/env.ts';
import { decrypt, encrypt } from '../crypto/encryption.ts';
import { COOKIE_OPTIONS } from './cookie-options.ts';
import type { SignIn } from './identity-provider.ts';

/** The attempt's state completes the name, so that attempts of two tabs do not replace each other. */
const COOKIE_PREFIX = '__Host-sign-in-';
const MAX_AGE_SECONDS = 600;

/** Attempts that one browser keeps: four of the largest fit into the 8 kB that proxies allow one header. */
export const MAX_SIGN_INS = 4;

type Attempt = SignIn & { begunAtMs: number };

/** @returns undefined for a value that this server did not write, or that no configured key decrypts */
function decryptAttempt(ciphertext: string): Attempt | undefined {
  try {
    return JSON.parse(decrypt(ciphertext, 'sign-in', getKeys())) as Attempt;
  } catch {
    return undefined;
  }
}

/** Stores a sign-in in the browser until the agent returns. Drops the oldest of more than `MAX_SIGN_INS` attempts. */
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
 * Removes the sign-in that this browser started with a state and returns it.
 *
 * @returns undefined when this browser did not start it, has claimed it before, or started it more than ten minutes ago
 */
export async function claimSignIn(state: string): Promise<SignIn | undefined> {
  const cookieStore = await cookies();
  const cookie = cookieStore.get(COOKIE_PREFIX + state);
  if (!cookie) return undefined;
  cookieStore.set(cookie.name, '', { ...COOKIE_OPTIONS, maxAge: 0 });
  const attempt = decryptAttempt(cookie.value);
  // The server checks the age itself: the browser's clock may be wrong, and a copied cookie does not expire.
  const isCurrent = attempt?.state === state && Date.now() - attempt.begunAtMs < MAX_AGE_SECONDS * 1_000;
  return isCurrent ? attempt : undefined;
}

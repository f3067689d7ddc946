import 'server-only';
import { cookies } from 'next/headers';
import { getKeys } from '../config/env.ts';
import { seal, unseal } from '../crypto/encryption.ts';
import { GUARDED } from './guarded-cookie.ts';
import type { SignIn } from './identity-provider.ts';

/** The rest of the name is the attempt's state, so that two tabs of one browser do not replace each other's. */
const PREFIX = '__Host-sign-in-';
const MAX_AGE_SECONDS = 600;

/** Attempts that one browser keeps. Four of the largest fit into the 8 kB that proxies allow one header. */
export const MAX_SIGN_INS = 4;

type Attempt = SignIn & { begunAtMs: number };

/** @returns undefined for a value that is not ours, or whose key is no longer configured */
function open(sealed: string): Attempt | undefined {
  try {
    return JSON.parse(unseal(sealed, 'sign-in', getKeys())) as Attempt;
  } catch {
    return undefined;
  }
}

/** Keeps a sign-in until the agent comes back. Of more than `MAX_SIGN_INS` attempts the oldest ones are dropped. */
export async function writeSignIn(signIn: SignIn): Promise<void> {
  const jar = await cookies();
  const earlier = jar
    .getAll()
    .filter(({ name }) => name.startsWith(PREFIX))
    .map(({ name, value }) => ({ name, begunAtMs: open(value)?.begunAtMs ?? 0 }))
    .sort((one, other) => other.begunAtMs - one.begunAtMs);
  for (const { name } of earlier.slice(MAX_SIGN_INS - 1)) jar.set(name, '', { ...GUARDED, maxAge: 0 });
  const attempt: Attempt = { ...signIn, begunAtMs: Date.now() };
  const sealed = seal(JSON.stringify(attempt), 'sign-in', getKeys());
  jar.set(PREFIX + signIn.state, sealed, { ...GUARDED, maxAge: MAX_AGE_SECONDS });
}

/**
 * Takes the sign-in that this browser began with a state. It can be taken once.
 *
 * @returns undefined when this browser did not begin it, has ended it, or began it more than ten minutes ago
 */
export async function takeSignIn(state: string): Promise<SignIn | undefined> {
  const jar = await cookies();
  const kept = jar.get(PREFIX + state);
  if (!kept) return undefined;
  jar.set(kept.name, '', { ...GUARDED, maxAge: 0 });
  const attempt = open(kept.value);
  // The browser's clock may be wrong, and a copied cookie has no end.
  const isCurrent = attempt?.state === state && Date.now() - attempt.begunAtMs < MAX_AGE_SECONDS * 1_000;
  return isCurrent ? attempt : undefined;
}

import 'server-only';
import { cookies } from 'next/headers';
import { getKeys } from '../config/env.ts';
import { seal, unseal } from '../security/sealed.ts';
import { GUARDED } from '../session/guarded-cookie.ts';
import type { SignIn } from './identity-provider.ts';

const SESSION = '__Host-agent';
const SIGN_IN = '__Host-sign-in';
const SIGN_IN_SECONDS = 600;

export const readAgentToken = async (): Promise<string | undefined> => (await cookies()).get(SESSION)?.value;

/** For as long as the browser is open; the server ends it sooner. */
export async function writeAgentToken(token: string): Promise<void> {
  (await cookies()).set(SESSION, token, GUARDED);
}

export async function dropAgentToken(): Promise<void> {
  (await cookies()).set(SESSION, '', { ...GUARDED, maxAge: 0 });
}

export async function writeSignIn(signIn: SignIn): Promise<void> {
  const sealed = seal(JSON.stringify(signIn), 'sign-in', getKeys());
  (await cookies()).set(SIGN_IN, sealed, { ...GUARDED, maxAge: SIGN_IN_SECONDS });
}

/** Takes the sign-in that this browser has begun: it can be ended once. */
export async function takeSignIn(): Promise<SignIn | undefined> {
  const jar = await cookies();
  const sealed = jar.get(SIGN_IN)?.value;
  jar.set(SIGN_IN, '', { ...GUARDED, maxAge: 0 });
  try {
    return sealed ? (JSON.parse(unseal(sealed, 'sign-in', getKeys())) as SignIn) : undefined;
  } catch {
    return undefined;
  }
}

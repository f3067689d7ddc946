import 'server-only';
import { cookies } from 'next/headers';
import { GUARDED } from '../session/guarded-cookie.ts';

/** Which hand-over this browser is looking at, until it is accepted or has run out. */
const NAME = '__Host-hand-over';
const SECONDS = 600;

export const readHandoverToken = async (): Promise<string | undefined> => (await cookies()).get(NAME)?.value;

export async function writeHandoverToken(token: string): Promise<void> {
  (await cookies()).set(NAME, token, { ...GUARDED, maxAge: SECONDS });
}

export async function dropHandoverToken(): Promise<void> {
  (await cookies()).set(NAME, '', { ...GUARDED, maxAge: 0 });
}

import 'server-only';
import { cookies } from 'next/headers';
import { COOKIE_OPTIONS } from './cookie-options.ts';

const SESSION_COOKIE = '__Host-agent';

export const readAgentToken = async (): Promise<string | undefined> => (await cookies()).get(SESSION_COOKIE)?.value;

/** Writes a cookie without an age: it ends with the browser, and the server ends the session earlier. */
export async function writeAgentToken(token: string): Promise<void> {
  (await cookies()).set(SESSION_COOKIE, token, COOKIE_OPTIONS);
}

export async function deleteAgentToken(): Promise<void> {
  (await cookies()).set(SESSION_COOKIE, '', { ...COOKIE_OPTIONS, maxAge: 0 });
}

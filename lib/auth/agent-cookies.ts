import 'server-only';
import { cookies } from 'next/headers';
import { COOKIE_OPTIONS } from './cookie-options.ts';

const SESSION_COOKIE = '__Host-agent';

export const readAgentToken = async (): Promise<string | undefined> => (await cookies()).get(SESSION_COOKIE)?.value;

/** For as long as the browser is open; the server ends it sooner. */
export async function writeAgentToken(token: string): Promise<void> {
  (await cookies()).set(SESSION_COOKIE, token, COOKIE_OPTIONS);
}

export async function deleteAgentToken(): Promise<void> {
  (await cookies()).set(SESSION_COOKIE, '', { ...COOKIE_OPTIONS, maxAge: 0 });
}

import 'server-only';
import { cookies } from 'next/headers';
import { GUARDED } from './guarded-cookie.ts';

const SESSION = '__Host-agent';

export const readAgentToken = async (): Promise<string | undefined> => (await cookies()).get(SESSION)?.value;

/** For as long as the browser is open; the server ends it sooner. */
export async function writeAgentToken(token: string): Promise<void> {
  (await cookies()).set(SESSION, token, GUARDED);
}

export async function dropAgentToken(): Promise<void> {
  (await cookies()).set(SESSION, '', { ...GUARDED, maxAge: 0 });
}

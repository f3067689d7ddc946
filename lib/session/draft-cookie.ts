import 'server-only';
import { cookies } from 'next/headers';
import { DRAFT_DAYS } from '../store/drafts.ts';

/** `__Host-` binds the cookie to this host alone, over TLS (browsers treat `http://localhost` as such). */
const NAME = '__Host-draft';

export async function readDraftToken(): Promise<string | undefined> {
  return (await cookies()).get(NAME)?.value;
}

export async function writeDraftToken(token: string): Promise<void> {
  const maxAge = DRAFT_DAYS * 86_400;
  (await cookies()).set(NAME, token, { httpOnly: true, secure: true, sameSite: 'lax', path: '/', maxAge });
}

export async function dropDraftToken(): Promise<void> {
  (await cookies()).set(NAME, '', { httpOnly: true, secure: true, sameSite: 'lax', path: '/', maxAge: 0 });
}

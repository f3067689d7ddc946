import 'server-only';
import { cookies } from 'next/headers';
import { GUARDED } from './guarded-cookie.ts';

/** As long as a short code lives. */
const SECONDS = 600;

const shortCookie = (name: string) => ({
  read: async (): Promise<string | undefined> => (await cookies()).get(name)?.value,
  write: async (token: string): Promise<void> => {
    (await cookies()).set(name, token, { ...GUARDED, maxAge: SECONDS });
  },
  drop: async (): Promise<void> => {
    (await cookies()).set(name, '', { ...GUARDED, maxAge: 0 });
  },
});

/** Which hand-over this browser is looking at, until it is accepted or has run out. */
export const handoverCookie = shortCookie('__Host-hand-over');

/** That this browser keeps cookies, until the post that asked has come again. */
export const checkCookie = shortCookie('__Host-check');

/** Which request for help this browser has made, until it is agreed to or has run out. */
export const helpCookie = shortCookie('__Host-help');

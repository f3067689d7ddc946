import 'server-only';
import { cookies } from 'next/headers';
import { COOKIE_OPTIONS } from './cookie-options.ts';

/** As long as a short code lives. */
const MAX_AGE_SECONDS = 600;

const createShortCookie = (name: string) => ({
  read: async (): Promise<string | undefined> => (await cookies()).get(name)?.value,
  write: async (token: string): Promise<void> => {
    (await cookies()).set(name, token, { ...COOKIE_OPTIONS, maxAge: MAX_AGE_SECONDS });
  },
  remove: async (): Promise<void> => {
    (await cookies()).set(name, '', { ...COOKIE_OPTIONS, maxAge: 0 });
  },
});

/** Which hand-over this browser is looking at, until it is accepted or has run out. */
export const handoverCookie = createShortCookie('__Host-hand-over');

/** That this browser keeps cookies, until the post that asked has come again. */
export const checkCookie = createShortCookie('__Host-check');

/** Which request for help this browser has made, until it is agreed to or has run out. */
export const helpCookie = createShortCookie('__Host-help');

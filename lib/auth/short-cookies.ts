import 'server-only';
import { cookies } from 'next/headers';
import { COOKIE_OPTIONS } from './cookie-options.ts';

/** The lifetime of a short code, a hand-over and a request for help. A request to a wallet ends before. */
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

/** The hand-over that this browser waits at, until the device enters the case or the hand-over expires. */
export const handoverCookie = createShortCookie('__Host-hand-over');

/** Shows that the browser keeps cookies, until the browser has posted the form again. */
export const checkCookie = createShortCookie('__Host-check');

/** The customer's request for help, until the customer accepts it or it expires. */
export const helpCookie = createShortCookie('__Host-help');

/** The customer's request to a wallet, until the wallet's response comes. */
export const walletCookie = createShortCookie('__Host-wallet');

import 'server-only';
import { createCustomerCookie } from './customer-cookie.ts';

/** The lifetime of a short code, a hand-over and a request for help. A request to a wallet ends before. */
const MAX_AGE_SECONDS = 600;

/** The hand-over that this browser waits at, until the device enters the case or the hand-over expires. */
export const handoverCookie = createCustomerCookie('hand-over', MAX_AGE_SECONDS);

/** Shows that the browser keeps cookies, until the browser has posted the form again. */
export const checkCookie = createCustomerCookie('check', MAX_AGE_SECONDS);

/** The customer's request for help, until the customer accepts it or it expires. */
export const helpCookie = createCustomerCookie('help', MAX_AGE_SECONDS);

/** The customer's request to a wallet, until the wallet's response comes. */
export const walletCookie = createCustomerCookie('wallet', MAX_AGE_SECONDS);

import 'server-only';
import { cookies } from 'next/headers';
import { cache } from 'react';
import { DAY_SECONDS } from '../domain/time.ts';
import { DRAFT_DAYS } from '../store/drafts.ts';
import { getStore } from '../store/store.ts';
import { COOKIE_OPTIONS } from './cookie-options.ts';

/** `__Host-` binds the cookie to this host and to TLS (RFC 6265bis, 4.1.3.2; browsers treat `http://localhost` as secure). */
const COOKIE_NAME = '__Host-draft';

/** Marks the token of a handed-over case. It is not the draft's own token, so that the agent and the customer can revoke it. */
const DEVICE_PREFIX = 'device.';

const LIFETIME_OPTIONS = { ...COOKIE_OPTIONS, maxAge: DRAFT_DAYS * DAY_SECONDS };

const readCookie = async () => (await cookies()).get(COOKIE_NAME)?.value;

/** Returns the case that an agent handed over to this device. */
export const getCaseForDevice = cache(async () => {
  const value = await readCookie();
  if (!value?.startsWith(DEVICE_PREFIX)) return undefined;
  const { handovers, cases } = await getStore();
  const id = await handovers.findCaseId(value.slice(DEVICE_PREFIX.length));
  return id === undefined ? undefined : cases.findById(id);
});

/** Returns the token of a draft that this device did not get by a hand-over. */
export async function readOwnDraftToken(): Promise<string | undefined> {
  const value = await readCookie();
  return value?.startsWith(DEVICE_PREFIX) ? undefined : value;
}

/** Writes the token of the customer's draft. A device with a handed-over case keeps its own token while the draft is the case's. */
export async function writeDraftToken(token: string): Promise<void> {
  const previousValue = await readCookie();
  const isHandedOver = (await getCaseForDevice())?.customer.token === token;
  await writeCookie((isHandedOver && previousValue) || token);
}

/** Writes the token of the draft that the customer keeps when they leave the case. */
export const writeOwnDraftToken = (token: string): Promise<void> => writeCookie(token);

/** Writes the token of a device that has been confirmed for a case. */
export const writeDeviceToken = (token: string): Promise<void> => writeCookie(DEVICE_PREFIX + token);

export async function deleteDraftToken(): Promise<void> {
  (await cookies()).set(COOKIE_NAME, '', { ...COOKIE_OPTIONS, maxAge: 0 });
}

async function writeCookie(value: string): Promise<void> {
  (await cookies()).set(COOKIE_NAME, value, LIFETIME_OPTIONS);
}

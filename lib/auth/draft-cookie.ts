import 'server-only';
import { cookies } from 'next/headers';
import { cache } from 'react';
import { DAY_SECONDS } from '../domain/time.ts';
import { DRAFT_DAYS } from '../store/drafts.ts';
import { getStore } from '../store/store.ts';
import { COOKIE_OPTIONS } from './cookie-options.ts';

/** `__Host-` binds the cookie to this host alone, over TLS (browsers treat `http://localhost` as such). */
const COOKIE_NAME = '__Host-draft';

/** What a device holds that was handed a case: not the draft's own token, so that either side can stop it. */
const DEVICE_PREFIX = 'device.';

const readCookie = async () => (await cookies()).get(COOKIE_NAME)?.value;

/** The case that this device was handed, if it was. */
export const getCaseForDevice = cache(async () => {
  const value = await readCookie();
  if (!value?.startsWith(DEVICE_PREFIX)) return undefined;
  const { handovers, cases } = await getStore();
  const id = await handovers.findCaseId(value.slice(DEVICE_PREFIX.length));
  return id === undefined ? undefined : cases.findById(id);
});

export async function readDraftToken(): Promise<string | undefined> {
  const value = await readCookie();
  return value?.startsWith(DEVICE_PREFIX) ? (await getCaseForDevice())?.customer.token : value;
}

/** @param ownership `own`: the device lets go of the case that it was handed and keeps the draft */
export async function writeDraftToken(token: string, ownership?: 'own'): Promise<void> {
  const previousValue = await readCookie();
  const isHandedOver =
    ownership !== 'own' && previousValue?.startsWith(DEVICE_PREFIX) && (await readDraftToken()) === token;
  (await cookies()).set(COOKIE_NAME, (isHandedOver && previousValue) || token, {
    ...COOKIE_OPTIONS,
    maxAge: DRAFT_DAYS * DAY_SECONDS,
  });
}

/** Lets this device into the case that it was handed. */
export async function writeDevice(device: string): Promise<void> {
  (await cookies()).set(COOKIE_NAME, DEVICE_PREFIX + device, { ...COOKIE_OPTIONS, maxAge: DRAFT_DAYS * DAY_SECONDS });
}

export async function deleteDraftToken(): Promise<void> {
  (await cookies()).set(COOKIE_NAME, '', { ...COOKIE_OPTIONS, maxAge: 0 });
}

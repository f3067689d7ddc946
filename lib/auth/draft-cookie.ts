import 'server-only';
import { cookies } from 'next/headers';
import { cache } from 'react';
import { DRAFT_DAYS } from '../store/drafts.ts';
import { store } from '../store/store.ts';
import { GUARDED } from './guarded-cookie.ts';

/** `__Host-` binds the cookie to this host alone, over TLS (browsers treat `http://localhost` as such). */
const NAME = '__Host-draft';

/** What a device holds that was handed a case: not the draft's own token, so that either side can stop it. */
const DEVICE = 'device.';

const cookie = async () => (await cookies()).get(NAME)?.value;

/** The case that this device was handed, if it was. */
export const handedCase = cache(async () => {
  const value = await cookie();
  if (!value?.startsWith(DEVICE)) return undefined;
  const { handovers, cases } = await store();
  const id = await handovers.caseOf(value.slice(DEVICE.length));
  return id === undefined ? undefined : cases.byId(id);
});

export async function readDraftToken(): Promise<string | undefined> {
  const value = await cookie();
  return value?.startsWith(DEVICE) ? (await handedCase())?.customer.token : value;
}

/** @param as `own`: the device lets go of the case that it was handed and keeps the draft */
export async function writeDraftToken(token: string, as?: 'own'): Promise<void> {
  const before = await cookie();
  const isHanded = as !== 'own' && before?.startsWith(DEVICE) && (await readDraftToken()) === token;
  (await cookies()).set(NAME, (isHanded && before) || token, { ...GUARDED, maxAge: DRAFT_DAYS * 86_400 });
}

/** Lets this device into the case that it was handed. */
export async function writeDevice(device: string): Promise<void> {
  (await cookies()).set(NAME, DEVICE + device, { ...GUARDED, maxAge: DRAFT_DAYS * 86_400 });
}

export async function dropDraftToken(): Promise<void> {
  (await cookies()).set(NAME, '', { ...GUARDED, maxAge: 0 });
}

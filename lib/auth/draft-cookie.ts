import 'server-only';
import { cache } from 'react';
import { DAY_SECONDS } from '../domain/time.ts';
import { DRAFT_DAYS } from '../store/drafts.ts';
import { getStore } from '../store/store.ts';
import { createCustomerCookie } from './customer-cookie.ts';

const cookie = createCustomerCookie('draft', DRAFT_DAYS * DAY_SECONDS);

/** Marks the token of a handed-over case. It is not the draft's own token, so that the agent and the customer can revoke it. */
const DEVICE_PREFIX = 'device.';

/** Returns the case that an agent handed over to this device. */
export const getCaseForDevice = cache(async () => {
  const value = await cookie.read();
  if (!value?.startsWith(DEVICE_PREFIX)) return undefined;
  const { handovers, cases } = await getStore();
  const id = await handovers.findCaseId(value.slice(DEVICE_PREFIX.length));
  return id === undefined ? undefined : cases.findById(id);
});

/** Returns the token of a draft that this device did not get by a hand-over. */
export async function readOwnDraftToken(): Promise<string | undefined> {
  const value = await cookie.read();
  return value?.startsWith(DEVICE_PREFIX) ? undefined : value;
}

/** Writes the token of the customer's draft. A device with a handed-over case keeps its own token while the draft is the case's. */
export async function writeDraftToken(token: string): Promise<void> {
  const previousValue = await cookie.read();
  const isHandedOver = (await getCaseForDevice())?.customer.token === token;
  await cookie.write((isHandedOver && previousValue) || token);
}

/** Writes the token of the draft that the customer keeps when they leave the case. */
export const writeOwnDraftToken = (token: string): Promise<void> => cookie.write(token);

/** Writes the token of a device that has been confirmed for a case. */
export const writeDeviceToken = (token: string): Promise<void> => cookie.write(DEVICE_PREFIX + token);

export const deleteDraftToken = (): Promise<void> => cookie.remove();

import 'server-only';
import { getClientIp } from '../http/client-ip.ts';
import type { Case } from '../store/cases.ts';
import { getCaseForDevice, readOwnDraftToken } from './draft-cookie.ts';

/** The browser of the customer behind this request. */
export type CustomerDevice = {
  /** The token of the customer's draft; undefined before there is one. */
  draftToken: string | undefined;
  /** The case that an agent handed over to this device. */
  deviceCase: Case | undefined;
  clientIp: string;
};

/** Reads the customer's browser from the request's cookie and address. */
export async function readCustomerDevice(): Promise<CustomerDevice> {
  const deviceCase = await getCaseForDevice();
  const draftToken = deviceCase ? deviceCase.customer.token : await readOwnDraftToken();
  return { draftToken, deviceCase, clientIp: await getClientIp() };
}

/** Returns the device with the token of its present draft. A new draft does not belong to the device's case. */
export const withDraftToken = (device: CustomerDevice, draftToken: string): CustomerDevice =>
  draftToken === device.draftToken ? device : { ...device, draftToken, deviceCase: undefined };

import 'server-only';
import { readCustomerDevice } from '@/lib/auth/customer-device';
import { createFrameExit } from '@/lib/use-cases/customer/leave-frame';

/** Creates the token with which the customer of this request leaves a partner's frame. */
export async function createExitToken(): Promise<string> {
  const { draftToken } = await readCustomerDevice();
  return draftToken === undefined ? '' : createFrameExit(draftToken);
}

import { handoverCookie } from '@/lib/auth/short-cookies';
import { createPollResponse } from '@/lib/http/poll-response';
import { getStore } from '@/lib/store/store';

/** Returns the state of this device at its hand-over. */
export async function GET(): Promise<Response> {
  const token = await handoverCookie.read();
  const device = token === undefined ? undefined : await (await getStore()).handovers.findDevice(token);
  return createPollResponse(device?.state);
}

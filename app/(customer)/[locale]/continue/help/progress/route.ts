import { helpCookie } from '@/lib/auth/short-cookies';
import { createPollResponse } from '@/lib/http/poll-response';
import { getStore } from '@/lib/store/store';

/** Returns the state of this customer's request for help. */
export async function GET(): Promise<Response> {
  const token = await helpCookie.read();
  const helpRequest = token === undefined ? undefined : await (await getStore()).helpRequests.find(token);
  return createPollResponse(helpRequest?.state);
}

import { helpCookie } from '@/lib/auth/short-cookies';
import { getStore } from '@/lib/store/store';

/** What this customer's help page would show now, in one word. */
export async function GET(): Promise<Response> {
  const token = await helpCookie.read();
  const helpRequest = token === undefined ? undefined : await (await getStore()).helpRequests.find(token);
  return new Response(helpRequest?.state ?? '', { headers: { 'cache-control': 'private, no-store' } });
}

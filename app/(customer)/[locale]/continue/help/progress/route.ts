import { helpCookie } from '@/lib/auth/short-cookies';
import { store } from '@/lib/store/store';

/** What this customer's help page would show now, in one word. */
export async function GET(): Promise<Response> {
  const token = await helpCookie.read();
  const asked = token === undefined ? undefined : await (await store()).helpRequests.find(token);
  return new Response(asked?.state ?? '', { headers: { 'cache-control': 'private, no-store' } });
}

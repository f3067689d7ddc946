import { readCustomerDevice } from '@/lib/auth/customer-device';
import { walletCookie } from '@/lib/auth/short-cookies';
import { startWalletRequest } from '@/lib/use-cases/customer/wallet-document';

/** Returns a request that the page passes on to the wallet. The browser keeps its session. */
export async function POST(): Promise<Response> {
  const started = startWalletRequest(await readCustomerDevice());
  if (!started) return new Response(null, { status: 404 });
  await walletCookie.write(started.sealed);
  return Response.json(started.request, { headers: { 'cache-control': 'no-store' } });
}

import { handoverCookie } from '@/lib/auth/short-cookies';
import { getStore } from '@/lib/store/store';

/** Whether the agent has confirmed this device, in one word. */
export async function GET(): Promise<Response> {
  const token = await handoverCookie.read();
  const device = token === undefined ? undefined : await (await getStore()).handovers.findDevice(token);
  return new Response(device?.state ?? '', { headers: { 'cache-control': 'private, no-store' } });
}

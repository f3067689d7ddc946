import { isReady } from '@/lib/lifecycle/ready';

/** Whether a balancer may send people here. Says nothing of the upstream, which would take out all instances at once. */
export const dynamic = 'force-dynamic';

export async function GET(): Promise<Response> {
  const isGood = await isReady();
  return new Response(isGood ? 'ready' : 'not ready', {
    status: isGood ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  });
}

import { isHealthy } from '@/lib/server/health';
import { getStore } from '@/lib/store/store';

export const dynamic = 'force-dynamic';

/** Returns 503 when only a restart helps. An outage of the database is no reason: it ends without one. */
export async function GET(): Promise<Response> {
  const isGood = isHealthy() && !(await getStore()).isBroken();
  return new Response(isGood ? 'ok' : 'stuck', {
    status: isGood ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  });
}

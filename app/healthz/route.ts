import { isHealthy } from '@/lib/server/health';
import { getStore } from '@/lib/store/store';

/** Whether the process is of use. 503 asks for a restart; what goes by itself, such as a database that is away, is no reason. */
export const dynamic = 'force-dynamic';

export async function GET(): Promise<Response> {
  const isGood = isHealthy() && !(await getStore()).isBroken();
  return new Response(isGood ? 'ok' : 'stuck', {
    status: isGood ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  });
}

import { isReady, isServing } from '@/lib/server/readiness';

/**
 * Whether the instance can serve. It says nothing of the upstream, which would take out all instances at once. A balancer asks
 * with `?exclude=database` for the same reason: while the database is away, each instance still answers with a page that keeps
 * the form, which the balancer cannot.
 */
export const dynamic = 'force-dynamic';

export async function GET(request: Request): Promise<Response> {
  const isProcessAlone = new URL(request.url).searchParams.get('exclude') === 'database';
  const isGood = isProcessAlone ? isServing() : await isReady();
  return new Response(isGood ? 'ready' : 'not ready', {
    status: isGood ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  });
}

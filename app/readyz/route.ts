import { isReady, isServing } from '@/lib/server/readiness';

export const dynamic = 'force-dynamic';

/**
 * Returns whether the instance can serve, regardless of the upstream, whose outage would take out all instances at once. A load
 * balancer asks with `?exclude=database`, because an instance without a database still answers with a page that keeps the form.
 */
export async function GET(request: Request): Promise<Response> {
  const excludesDatabase = new URL(request.url).searchParams.get('exclude') === 'database';
  const isGood = excludesDatabase ? isServing() : await isReady();
  return new Response(isGood ? 'ready' : 'not ready', {
    status: isGood ? 200 : 503,
    headers: { 'cache-control': 'no-store' },
  });
}

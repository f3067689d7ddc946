/** The process answers. Nothing else is looked at and nothing is told. */
export const dynamic = 'force-dynamic';

export function GET(): Response {
  return new Response('ok', { headers: { 'cache-control': 'no-store' } });
}

import { getPostalTable } from '@/lib/config/get-postal-table';
import { getClientIp } from '@/lib/http/client-ip';
import { isWithinInstanceLimit } from '@/lib/rate-limits/count-in-instance';

/** A day: the table changes once a month at most, and the customer can always write another colonia. */
const CACHE_CONTROL = 'public, max-age=86400';

type Context = { params: Promise<{ code: string }> };

/** Returns state, municipality and settlements of a Mexican postal code. Nothing in it is about the customer. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  if (!(await isWithinInstanceLimit('postalCodeAddress', await getClientIp())))
    return new Response(null, { status: 429 });
  const area = getPostalTable()?.find((await params).code);
  return area
    ? Response.json(area, { headers: { 'cache-control': CACHE_CONTROL } })
    : new Response(null, { status: 404, headers: { 'cache-control': CACHE_CONTROL } });
}

import { hasPartnerApiKey } from '@/lib/auth/partner-api-key';
import { getEnv } from '@/lib/config/env';
import { LIMITS } from '@/lib/config/rate-limits';
import { getClientIp } from '@/lib/http/client-ip';
import { createProblemResponse } from '@/lib/http/problem-response';
import { setRequestStarted } from '@/lib/http/request-context';
import { isWithinInstanceLimit } from '@/lib/rate-limits/count-in-instance';
import { getStore } from '@/lib/store/store';
import { getApplicationStatus } from '@/lib/use-cases/partner/get-application-status';

type Context = { params: Promise<{ reference: string }> };

/**
 * Returns the status of an application to the partner's server (docs/partners.md). The pipeline answers its failures and an
 * overload (`lib/server/api-problem.ts`).
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  setRequestStarted();
  const { PARTNER_API_KEYS: keys } = getEnv();
  if (keys.length === 0) return createProblemResponse(404);
  if (!hasPartnerApiKey(request.headers.get('authorization'), keys)) return refuseKey();
  const { partnerReferences } = await getStore();
  const status = await getApplicationStatus(partnerReferences, (await params).reference);
  return status ? Response.json(status, { headers: { 'cache-control': 'no-store' } }) : createProblemResponse(404);
}

/** Counts wrong keys alone, so that a stranger who shares the partner's address cannot lock the partner out. */
async function refuseKey(): Promise<Response> {
  if (await isWithinInstanceLimit('statusAddress', await getClientIp()))
    return createProblemResponse(401, { 'www-authenticate': 'Bearer' });
  return createProblemResponse(429, { 'retry-after': String(LIMITS.statusAddress.windowSeconds) });
}

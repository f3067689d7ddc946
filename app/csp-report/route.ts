import { getClientIp } from '@/lib/http/client-ip';
import { MAX_BODY_BYTES } from '@/lib/http/request-validation';
import { logPolicyReports } from '@/lib/observability/policy-report-log';
import { readPolicyReports } from '@/lib/observability/policy-reports';

/** Where browsers tell of what a page's policy has stopped. Logged as names of ours and a host, and no more. */
export async function POST(request: Request): Promise<Response> {
  const text = await request.text();
  const reports = text.length > MAX_BODY_BYTES ? [] : readPolicyReports(text);
  await logPolicyReports(await getClientIp(), reports);
  return new Response(null, { status: reports.length > 0 ? 204 : 400 });
}

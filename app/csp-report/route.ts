import { getClientIp } from '@/lib/http/client-ip';
import { MAX_BODY_BYTES } from '@/lib/http/request-validation';
import { logPolicyReports } from '@/lib/observability/policy-report-log';
import { readPolicyReports } from '@/lib/observability/policy-reports';
import { isWithinPolicyReportLimit } from '@/lib/rate-limits/count-in-instance';

/** Logs violations of the content security policy that browsers report: our name of the directive and a host only. */
export async function POST(request: Request): Promise<Response> {
  const text = await request.text();
  const reports = text.length > MAX_BODY_BYTES ? [] : readPolicyReports(text);
  const clientIp = await getClientIp();
  await logPolicyReports(reports, () => isWithinPolicyReportLimit(clientIp));
  return new Response(null, { status: reports.length > 0 ? 204 : 400 });
}

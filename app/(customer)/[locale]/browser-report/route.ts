import { BROWSER_REPORTS } from '@/lib/observability/browser-reports';
import { log } from '@/lib/observability/logger';

/** Logs a fault that only a browser can detect, by its known name. */
export function POST(request: Request): Response {
  const reportName = new URL(request.url).searchParams.get('what');
  const report = BROWSER_REPORTS.find((name) => name === reportName);
  if (report) log({ event: 'browser.reported', what: report });
  return new Response(null, { status: report ? 204 : 400 });
}

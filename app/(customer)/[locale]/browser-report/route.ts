import { BROWSER_REPORTS } from '@/lib/observability/browser-reports';
import { log } from '@/lib/observability/logger';

/** Logs a fault that only a browser saw. Anything but a known name is dropped; a body is not read. */
export function POST(request: Request): Response {
  const given = new URL(request.url).searchParams.get('what');
  const what = BROWSER_REPORTS.find((name) => name === given);
  if (what) log({ event: 'browser.reported', what });
  return new Response(null, { status: what ? 204 : 400 });
}

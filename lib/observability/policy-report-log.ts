import { getProcessSingleton } from '../config/process-singleton.ts';
import { log } from './logger.ts';
import type { PolicyReport } from './policy-reports.ts';

/** Milliseconds in which equal reports make one line. */
const WINDOW_MS = 60_000;
/** Different reports in that time, of all addresses together: anyone can post reports, and invent hosts. */
const MAX_PENDING = 50;

type PendingReports = Map<string, PolicyReport & { reports: number }>;

const getPendingReports = () => getProcessSingleton<PendingReports>('policy-reports', () => new Map());

/**
 * Logs the reports of a browser, equal reports of a minute as one line. Reports over a limit are dropped.
 *
 * @param isWithinLimit counts one report of the browser's address
 */
export async function logPolicyReports(
  reports: readonly PolicyReport[],
  isWithinLimit: () => Promise<boolean>,
): Promise<void> {
  for (const report of reports) await logPolicyReport(report, isWithinLimit);
}

async function logPolicyReport(report: PolicyReport, isWithinLimit: () => Promise<boolean>): Promise<void> {
  const pending = getPendingReports();
  const key = `${report.directive} ${report.blocked}`;
  const pendingReport = pending.get(key);
  if (pendingReport) {
    pendingReport.reports += 1;
    return;
  }
  if (!(await isWithinLimit()) || pending.size >= MAX_PENDING || pending.has(key)) return;
  if (pending.size === 0) setTimeout(logPendingReports, WINDOW_MS).unref();
  pending.set(key, { ...report, reports: 0 });
  log({ event: 'policy.violated', ...report, reports: 1 });
}

/** Logs how often the pending reports were repeated. */
function logPendingReports(): void {
  const pending = getPendingReports();
  for (const report of pending.values()) if (report.reports > 0) log({ event: 'policy.violated', ...report });
  pending.clear();
}

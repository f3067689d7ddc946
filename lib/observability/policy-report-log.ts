import { RateLimiterMemory } from 'rate-limiter-flexible';
import { getProcessSingleton } from '../config/process-singleton.ts';
import { log } from './logger.ts';
import type { PolicyReport } from './policy-reports.ts';

/** Milliseconds in which equal reports make one line. */
const WINDOW_MS = 60_000;
/** Different reports in that time, of one address and in total: any client can post reports with invented hosts. */
const MAX_PER_ADDRESS = 10;
const MAX_PENDING = 50;

type ReportLogState = { pending: Map<string, PolicyReport & { reports: number }>; perAddress: RateLimiterMemory };

const getState = () =>
  getProcessSingleton<ReportLogState>('policy-reports', () => ({
    pending: new Map(),
    perAddress: new RateLimiterMemory({ points: MAX_PER_ADDRESS, duration: WINDOW_MS / 1_000 }),
  }));

/** Logs browsers' reports, equal ones of a minute as one line. Reports beyond the limits are dropped. */
export async function logPolicyReports(address: string, reports: readonly PolicyReport[]): Promise<void> {
  for (const report of reports) await logPolicyReport(address, report);
}

async function logPolicyReport(address: string, report: PolicyReport): Promise<void> {
  const { pending, perAddress } = getState();
  const key = `${report.directive} ${report.blocked}`;
  const pendingReport = pending.get(key);
  if (pendingReport) {
    pendingReport.reports += 1;
    return;
  }
  const isLimited = await perAddress.consume(address).then(
    () => false,
    () => true,
  );
  if (isLimited || pending.size >= MAX_PENDING || pending.has(key)) return;
  if (pending.size === 0) setTimeout(logPendingReports, WINDOW_MS).unref();
  pending.set(key, { ...report, reports: 0 });
  log({ event: 'policy.violated', ...report, reports: 1 });
}

/** Logs how often known reports were repeated. */
function logPendingReports(): void {
  const { pending } = getState();
  for (const report of pending.values()) if (report.reports > 0) log({ event: 'policy.violated', ...report });
  pending.clear();
}

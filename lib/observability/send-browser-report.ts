'use client';

import type { BrowserReport } from './browser-reports.ts';

const sentReports = new Set<BrowserReport>();

/** Tells the server once per page, and does not wait: a report must never hold anybody up, nor fail loudly. */
export function sendBrowserReport(reportName: BrowserReport): void {
  if (sentReports.has(reportName)) return;
  sentReports.add(reportName);
  navigator.sendBeacon(`/${document.documentElement.lang}/browser-report?what=${reportName}`);
}

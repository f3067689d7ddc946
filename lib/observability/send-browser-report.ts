'use client';

import type { BrowserReport } from './browser-reports.ts';

const sentReports = new Set<BrowserReport>();

/** Sends a report once per page, without waiting: a report must never delay the customer or show an error. */
export function sendBrowserReport(reportName: BrowserReport): void {
  if (sentReports.has(reportName)) return;
  sentReports.add(reportName);
  navigator.sendBeacon(`/${document.documentElement.lang}/browser-report?what=${reportName}`);
}

'use client';

import type { BrowserReport } from './browser-reports.ts';

const told = new Set<BrowserReport>();

/** Tells the server once per page, and does not wait: a report must never hold anybody up, nor fail loudly. */
export function report(what: BrowserReport): void {
  if (told.has(what)) return;
  told.add(what);
  navigator.sendBeacon(`/${document.documentElement.lang}/browser-report?what=${what}`);
}

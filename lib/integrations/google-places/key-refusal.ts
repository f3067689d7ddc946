'use client';

import { useSyncExternalStore } from 'react';
import { sendBrowserReport } from '../../observability/send-browser-report.ts';

// After Google has refused the key, no request of this page will work.
let isKeyRefused = false;
const listeners = new Set<() => void>();

export function recordKeyRefusal(): void {
  if (isKeyRefused) return;
  isKeyRefused = true;
  sendBrowserReport('maps.refused');
  for (const listener of listeners) listener();
}

declare global {
  interface Window {
    gm_authFailure?: () => void;
  }
}

/** Google's script calls this global hook, and nothing else, when it refuses the key. */
export function installRefusalListener(): void {
  window.gm_authFailure = recordKeyRefusal;
}

const addListener = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useIsKeyRefused = (): boolean => useSyncExternalStore(addListener, () => isKeyRefused);

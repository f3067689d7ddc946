'use client';

import { useSyncExternalStore } from 'react';
import { sendBrowserReport } from '../../observability/send-browser-report.ts';

// Google does not take the key: no request of this page will work, whichever component makes it.
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

/** Google says through this hook alone that it does not take a key; it looks for it when its script runs. */
export function installRefusalListener(): void {
  window.gm_authFailure = recordKeyRefusal;
}

const addListener = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useIsKeyRefused = (): boolean => useSyncExternalStore(addListener, () => isKeyRefused);

'use client';

import { useSyncExternalStore } from 'react';
import { report } from '../../observability/report.ts';

// Google does not take the key: no request of this page will work, whichever component makes it.
let isRefused = false;
const listeners = new Set<() => void>();

export function refuse(): void {
  if (isRefused) return;
  isRefused = true;
  report('maps.refused');
  for (const listener of listeners) listener();
}

declare global {
  interface Window {
    gm_authFailure?: () => void;
  }
}

/** Google says through this hook alone that it does not take a key; it looks for it when its script runs. */
export function listenForRefusal(): void {
  window.gm_authFailure = refuse;
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useIsRefused = (): boolean => useSyncExternalStore(subscribe, () => isRefused);

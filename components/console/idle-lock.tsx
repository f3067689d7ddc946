'use client';

import { useEffect, useState } from 'react';
import { STEP_FORM_ID } from '@/components/form/form-names';

const IDLE_MS = 120_000;
const CHECK_INTERVAL_MS = 1_000;
/** The shortest time between two messages to other windows, in milliseconds. */
const BROADCAST_INTERVAL_MS = 5_000;
const ACTIVITY_EVENTS = ['keydown', 'input', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const;

/**
 * Locks the console after two minutes without input in any of its windows: posts the half-filled form and goes to the locked page, where
 * the same agent has to sign in again. It compares times of day, so that it also locks a device that slept.
 */
export function IdleLock({ lockedPath }: { lockedPath: string }) {
  const [isLocking, setIsLocking] = useState(false);
  useEffect(() => {
    let [lastActivityAt, lastBroadcastAt, isBusy] = [Date.now(), 0, false];
    const channel = new BroadcastChannel('console');
    channel.onmessage = () => {
      lastActivityAt = Date.now();
    };
    const onActivity = () => {
      lastActivityAt = Date.now();
      if (lastActivityAt - lastBroadcastAt < BROADCAST_INTERVAL_MS) return;
      lastBroadcastAt = lastActivityAt;
      channel.postMessage('here');
    };
    const checkIdle = async () => {
      if (isBusy || Date.now() - lastActivityAt < IDLE_MS) return;
      isBusy = true;
      setIsLocking(true);
      const element = document.getElementById(STEP_FORM_ID);
      const form = element instanceof HTMLFormElement ? new FormData(element) : new FormData();
      form.set('path', window.location.pathname);
      const response = await fetch('/assist/lock', { method: 'POST', body: form }).catch(() => undefined);
      // Without a network the page stays covered and keeps the typed text.
      if (response?.ok) window.location.replace(lockedPath);
      isBusy = false;
    };
    const onShow = (event: PageTransitionEvent) => event.persisted && window.location.reload();
    const timer = setInterval(() => void checkIdle(), CHECK_INTERVAL_MS);
    for (const eventName of ACTIVITY_EVENTS) window.addEventListener(eventName, onActivity, { passive: true });
    window.addEventListener('pageshow', onShow);
    return () => {
      clearInterval(timer);
      channel.close();
      for (const eventName of ACTIVITY_EVENTS) window.removeEventListener(eventName, onActivity);
      window.removeEventListener('pageshow', onShow);
    };
  }, [lockedPath]);
  return isLocking ? <div className="fixed inset-0 z-50 bg-page" /> : null;
}

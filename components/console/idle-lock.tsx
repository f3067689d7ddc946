'use client';

import { useEffect, useState } from 'react';
import { STEP_FORM_ID } from '@/components/form/form-names';

/** Two minutes without a hand at the device. */
const IDLE_MS = 120_000;
const LOOK_MS = 1_000;
/** Other windows hear of a hand no more often than this. */
const TELL_MS = 5_000;
const HANDS = ['keydown', 'input', 'pointerdown', 'pointermove', 'wheel', 'touchstart'] as const;

/**
 * Locks the console when nobody is there: what is half typed goes to the server, the page goes away, and the same person
 * has to show who they are. A device that slept finds out by the clock. All windows of the console count as one.
 */
export function IdleLock({ lockedPath }: { lockedPath: string }) {
  const [isLocking, setIsLocking] = useState(false);
  useEffect(() => {
    let [last, told, isBusy] = [Date.now(), 0, false];
    const others = new BroadcastChannel('console');
    others.onmessage = () => {
      last = Date.now();
    };
    const onHand = () => {
      last = Date.now();
      if (last - told < TELL_MS) return;
      told = last;
      others.postMessage('here');
    };
    const look = async () => {
      if (isBusy || Date.now() - last < IDLE_MS) return;
      isBusy = true;
      setIsLocking(true);
      const element = document.getElementById(STEP_FORM_ID);
      const form = element instanceof HTMLFormElement ? new FormData(element) : new FormData();
      form.set('path', window.location.pathname);
      const answer = await fetch('/assist/lock', { method: 'POST', body: form }).catch(() => undefined);
      // Without a network the page stays covered, and what is typed waits behind the cover.
      if (answer?.ok) window.location.replace(lockedPath);
      isBusy = false;
    };
    const onShow = (event: PageTransitionEvent) => event.persisted && window.location.reload();
    const timer = setInterval(() => void look(), LOOK_MS);
    for (const hand of HANDS) window.addEventListener(hand, onHand, { passive: true });
    window.addEventListener('pageshow', onShow);
    return () => {
      clearInterval(timer);
      others.close();
      for (const hand of HANDS) window.removeEventListener(hand, onHand);
      window.removeEventListener('pageshow', onShow);
    };
  }, [lockedPath]);
  return isLocking ? <div className="fixed inset-0 z-50 bg-page" /> : null;
}

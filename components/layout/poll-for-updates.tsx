'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { STAMP_FIELD } from '@/lib/domain/form-stamp';

/** Milliseconds between two looks. */
const POLL_INTERVAL_MS = 2_000;

type Props = {
  view: string;
  isWaiting: boolean;
  /** Where the current view is told, in one word. */
  pollPath: string;
  follow: ((form: FormData) => Promise<void>) | undefined;
  /** The stamp that `follow` is posted with. */
  stamp: string;
};

/**
 * Looks again by GET while an answer is on its way, and goes on by itself when it came while the customer waited here.
 * Who comes back later presses the button: a page must not whisk anybody away (ASVS 5.0, 3.7.3). A look that fails is
 * made again: the page itself is drawn anew only when there is something to draw, so that no bad network takes it away.
 */
export function PollForUpdates({ view, isWaiting, pollPath, follow, stamp }: Props) {
  const router = useRouter();
  const hasWaited = useRef(false);
  useEffect(() => {
    if (!isWaiting) {
      // The button stays for whoever this does not take along.
      if (hasWaited.current) {
        const form = new FormData();
        form.set(STAMP_FIELD, stamp);
        follow?.(form).catch(() => {});
      }
      hasWaited.current = false;
      return undefined;
    }
    hasWaited.current = true;
    const poll = async () => {
      if (document.hidden) return;
      const response = await fetch(pollPath).catch(() => undefined);
      // Led elsewhere, signed out for one: the whole page goes there, and nothing of it stays in memory.
      if (response?.redirected) window.location.assign(response.url);
      else if (response?.ok && (await response.text()) !== view) router.refresh();
    };
    const timer = setInterval(() => void poll().catch(() => {}), POLL_INTERVAL_MS);
    return () => clearInterval(timer);
  }, [isWaiting, view, pollPath, follow, stamp, router]);
  return null;
}

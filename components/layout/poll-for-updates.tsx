'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { STAMP_FIELD } from '@/lib/domain/form-stamp';

/** Milliseconds between two requests. */
const POLL_INTERVAL_MS = 2_000;

type Props = {
  view: string;
  isWaiting: boolean;
  /** The path that returns the name of the current view. */
  pollPath: string;
  follow: ((form: FormData) => Promise<void>) | undefined;
  /** The stamp that `follow` is posted with. */
  stamp: string;
};

/**
 * Polls by GET while a result is pending, and continues automatically for a customer who has waited on the page. A returning
 * customer presses the button (ASVS 5.0, 3.7.3). The page refreshes only for a new view, so network errors leave it unchanged.
 */
export function PollForUpdates({ view, isWaiting, pollPath, follow, stamp }: Props) {
  const router = useRouter();
  const hasWaited = useRef(false);
  useEffect(() => {
    if (!isWaiting) {
      // When the redirect fails, the customer can press the button.
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
      // Redirected, for example after a sign-out: a full page load clears this page's memory.
      if (response?.redirected) window.location.assign(response.url);
      else if (response?.ok && (await response.text()) !== view) router.refresh();
    };
    const timer = setInterval(() => void poll().catch(() => {}), POLL_INTERVAL_MS);
    return () => clearInterval(timer);
  }, [isWaiting, view, pollPath, follow, stamp, router]);
  return null;
}

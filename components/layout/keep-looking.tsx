'use client';

import { useRouter } from 'next/navigation';
import { useEffect, useRef } from 'react';

/** Milliseconds between two looks. */
const EVERY_MS = 2_000;

type Props = { isWaiting: boolean; follow: (() => Promise<void>) | undefined };

/**
 * Looks again by GET while an answer is on its way, and goes on by itself when it came while the customer waited here.
 * Who comes back later presses the button: a page must not whisk anybody away (ASVS 5.0, 3.7.3).
 */
export function KeepLooking({ isWaiting, follow }: Props) {
  const router = useRouter();
  const hasWaited = useRef(false);
  useEffect(() => {
    if (isWaiting) {
      hasWaited.current = true;
      const timer = setInterval(() => document.hidden || router.refresh(), EVERY_MS);
      return () => clearInterval(timer);
    }
    if (hasWaited.current && follow) {
      hasWaited.current = false;
      void follow();
    }
    return undefined;
  }, [isWaiting, follow, router]);
  return null;
}

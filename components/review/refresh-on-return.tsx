'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

let hasLeft = false;

/**
 * Asks the server again when the last page of the journey is shown again: the router and the browser restore it from memory
 * after Back, with a button that no longer applies once the application was submitted.
 */
export function RefreshOnReturn() {
  const router = useRouter();
  useEffect(() => {
    if (hasLeft) router.refresh();
    const onShow = (event: PageTransitionEvent) => event.persisted && window.location.reload();
    window.addEventListener('pageshow', onShow);
    return () => {
      hasLeft = true;
      window.removeEventListener('pageshow', onShow);
    };
  }, [router]);
  return null;
}

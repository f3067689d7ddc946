import { useRouter } from 'next/navigation';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import { IN_BACKGROUND, isBlank, readStamp } from '@/lib/domain/form-stamp';
import { canKeepCookies } from './can-keep-cookies';
import { isFormTouched } from './is-touched';

type Options = {
  /** Where the server keeps a half-filled form; undefined for forms that are kept nowhere. */
  keepPath: string | undefined;
  stamp: string | undefined;
  /** The form's data without what must not leave the page. */
  readData: (form: HTMLFormElement) => FormData;
};

/** Milliseconds after which a reloaded blank page asks again: the post of the page before may still be on its way. */
const LATE_KEEP_MS = 2_000;

/** Whether the browser's history led to this page: what was half filled may have been kept after the page was drawn. */
let isFromHistory = false;
/** The latest post of a half-filled form. It never rejects. */
let keeping: Promise<unknown> = Promise.resolve();
if (typeof window !== 'undefined') {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  isFromHistory = navigation?.type === 'reload' || navigation?.type === 'back_forward';
  window.addEventListener('popstate', () => {
    isFromHistory = true;
  });
}

/**
 * Ends when a half-filled form that is on its way to the server has arrived. Its answer brings the draft's cookie: a form that is
 * posted before would begin a second draft.
 */
export const waitUntilKept = (): Promise<unknown> => keeping;

/**
 * Keeps a half-filled form on the server when its page is hidden (Page Lifecycle, W3C: the last event that is certain to come)
 * or left. A reload overtakes the post of its own page, so that the new page asks the server once more. The browser's storage
 * holds nothing (ASVS 5.0, 14.3.3).
 *
 * @returns a flag to set while the form is on its way or taken: then it is not kept
 */
export function useKeptForm(form: RefObject<HTMLFormElement | null>, options: Options): RefObject<boolean> {
  const router = useRouter();
  const isTaken = useRef(false);
  const latest = useRef(options);
  latest.current = options;

  useLayoutEffect(() => {
    const element = form.current;
    const { keepPath, stamp } = latest.current;
    if (!element || keepPath === undefined) return undefined;
    const path = keepPath;
    const isFirst = isBlank(readStamp(stamp));
    const timers: ReturnType<typeof setTimeout>[] = [];
    if (isFromHistory) {
      void keeping.then(() => router.refresh());
      if (isFirst) timers.push(setTimeout(() => router.refresh(), LATE_KEEP_MS));
    }
    isFromHistory = false;

    let sent = '';
    function keep(): void {
      if (!element || isTaken.current || !isFormTouched(element) || (isFirst && !canKeepCookies())) return;
      const data = latest.current.readData(element);
      const text = JSON.stringify([...data]);
      if (text === sent) return;
      sent = text;
      data.set(IN_BACKGROUND, '1');
      const post = { method: 'POST', body: data, keepalive: true };
      const forget = () => {
        sent = '';
      };
      keeping = fetch(path, post).then(({ ok }) => ok || forget(), forget);
    }
    function keepWhenHidden(): void {
      if (document.visibilityState === 'hidden') keep();
    }
    document.addEventListener('visibilitychange', keepWhenHidden);
    window.addEventListener('pagehide', keep);
    return () => {
      document.removeEventListener('visibilitychange', keepWhenHidden);
      window.removeEventListener('pagehide', keep);
      for (const timer of timers) clearTimeout(timer);
      keep();
    };
  }, [form, router]);
  return isTaken;
}

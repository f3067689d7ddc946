import { useRouter } from 'next/navigation';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import { IN_BACKGROUND_FIELD, isBlankStamp, readStamp } from '@/lib/domain/form-stamp';
import { canKeepCookies } from './can-keep-cookies';
import { isFormTouched } from './is-form-touched';

type Options = {
  /** Where the server keeps a half-filled form; undefined for forms that are kept nowhere. */
  keepPath: string | undefined;
  stamp: string | undefined;
  /** The form's data without what must not leave the page. */
  readData: (form: HTMLFormElement) => FormData;
};

/** Milliseconds after which a reloaded blank page asks again: the post of the page before may still be on its way. */
const LATE_REFRESH_MS = 2_000;

/** Whether the browser's history led to this page: what was half filled may have been kept after the page was drawn. */
let isFromHistory = false;
/** The latest post of a half-filled form. It never rejects. */
let pendingSave: Promise<unknown> = Promise.resolve();
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
export const waitForAutosave = (): Promise<unknown> => pendingSave;

/**
 * Keeps a half-filled form on the server when its page is hidden (Page Lifecycle, W3C: the last event that is certain to come)
 * or left. A reload overtakes the post of its own page, so that the new page asks the server once more. The browser's storage
 * holds nothing (ASVS 5.0, 14.3.3).
 *
 * @returns a flag to set while the form is on its way or taken: then it is not kept
 */
export function useAutosave(form: RefObject<HTMLFormElement | null>, options: Options): RefObject<boolean> {
  const router = useRouter();
  const isPosted = useRef(false);
  const latestOptions = useRef(options);
  latestOptions.current = options;

  useLayoutEffect(() => {
    const element = form.current;
    const { keepPath, stamp } = latestOptions.current;
    if (!element || keepPath === undefined) return undefined;
    const path = keepPath;
    const isBlankForm = isBlankStamp(readStamp(stamp));
    const timers: ReturnType<typeof setTimeout>[] = [];
    if (isFromHistory) {
      void pendingSave.then(() => router.refresh());
      if (isBlankForm) timers.push(setTimeout(() => router.refresh(), LATE_REFRESH_MS));
    }
    isFromHistory = false;

    let sentText = '';
    function save(): void {
      if (!element || isPosted.current || !isFormTouched(element) || (isBlankForm && !canKeepCookies())) return;
      const data = latestOptions.current.readData(element);
      const text = JSON.stringify([...data]);
      if (text === sentText) return;
      sentText = text;
      data.set(IN_BACKGROUND_FIELD, '1');
      const requestInit = { method: 'POST', body: data, keepalive: true };
      const removeSentText = () => {
        sentText = '';
      };
      pendingSave = fetch(path, requestInit).then(({ ok }) => ok || removeSentText(), removeSentText);
    }
    function saveWhenHidden(): void {
      if (document.visibilityState === 'hidden') save();
    }
    document.addEventListener('visibilitychange', saveWhenHidden);
    window.addEventListener('pagehide', save);
    return () => {
      document.removeEventListener('visibilitychange', saveWhenHidden);
      window.removeEventListener('pagehide', save);
      for (const timer of timers) clearTimeout(timer);
      save();
    };
  }, [form, router]);
  return isPosted;
}

import { useRouter } from 'next/navigation';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import { IN_BACKGROUND_FIELD, isBlankStamp, readStamp } from '@/lib/domain/form-stamp';
import { canKeepCookies } from './can-keep-cookies';
import { isFormTouched } from './is-form-touched';

type Options = {
  /** The path that stores partial forms; undefined for forms that are not stored. */
  keepPath: string | undefined;
  stamp: string | undefined;
  /** Returns the form's data without values that must not leave the page. */
  readData: (form: HTMLFormElement) => FormData;
};

/** Milliseconds after which a reloaded blank page refreshes again: the previous page's post may still be pending. */
const LATE_REFRESH_MS = 2_000;

/** The page was opened from the history: the server may have stored a partial form after it rendered the page. */
let isFromHistory = false;
/** The latest post of a partial form. It never rejects. */
let pendingSave: Promise<unknown> = Promise.resolve();
if (typeof window !== 'undefined') {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  isFromHistory = navigation?.type === 'reload' || navigation?.type === 'back_forward';
  window.addEventListener('popstate', () => {
    isFromHistory = true;
  });
}

/** Waits for the pending post of a partial form. Its answer sets the draft's cookie; an earlier post would create a second draft. */
export const waitForAutosave = (): Promise<unknown> => pendingSave;

/**
 * Posts a partial form when its page is hidden, which is the last reliable event of a page (W3C, Page Lifecycle), or left. A
 * reload can overtake that post, so the new page refreshes. The browser stores nothing (ASVS 5.0, 14.3.3).
 *
 * @returns a flag to set while the form is being posted or was accepted: then it is not saved
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

import { useRouter } from 'next/navigation';
import { type RefObject, useLayoutEffect, useRef } from 'react';
import { IN_BACKGROUND } from '@/lib/domain/form-stamp';

type Options = {
  /** Where the server keeps a half-filled form; undefined for forms that are kept nowhere. */
  keepPath: string | undefined;
  /** The form's data without what must not leave the page. */
  readData: (form: HTMLFormElement) => FormData;
};

/** Whether the browser's history led to this page: what was half filled may have been kept after the page was drawn. */
let isFromHistory = false;
/** Ends when what the page before had half filled is kept. */
let keeping: Promise<unknown> = Promise.resolve();
if (typeof window !== 'undefined') {
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  isFromHistory = navigation?.type === 'reload' || navigation?.type === 'back_forward';
  window.addEventListener('popstate', () => {
    isFromHistory = true;
  });
}

/**
 * Keeps a half-filled form on the server when its page goes away. That a page is hidden is the last thing that it is certain to be
 * told (Page Lifecycle, W3C). A reload overtakes what its own page posts in leaving, so that the new page asks once more. Nothing
 * is put into the browser's storage (ASVS 5.0, 14.3.3).
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
    const { keepPath } = latest.current;
    if (!element || keepPath === undefined) return undefined;
    if (isFromHistory) void keeping.then(() => router.refresh());
    isFromHistory = false;

    let sent = '';
    /** What is to be kept, unless it was sent already. */
    function findUnsent(): FormData | undefined {
      if (!element || isTaken.current || ![...element.elements].some(isTouched)) return undefined;
      const data = latest.current.readData(element);
      data.set(IN_BACKGROUND, '1');
      const text = JSON.stringify([...data]);
      if (text === sent) return undefined;
      sent = text;
      return data;
    }
    function keep(): void {
      const data = findUnsent();
      if (data && keepPath !== undefined && !navigator.sendBeacon(keepPath, data)) sent = '';
    }
    function keepWhenHidden(): void {
      if (document.visibilityState === 'hidden') keep();
    }
    document.addEventListener('visibilitychange', keepWhenHidden);
    window.addEventListener('pagehide', keep);
    return () => {
      document.removeEventListener('visibilitychange', keepWhenHidden);
      window.removeEventListener('pagehide', keep);
      const data = findUnsent();
      if (data) keeping = fetch(keepPath, { method: 'POST', body: data, keepalive: true }).catch(() => undefined);
    };
  }, [form, router]);
  return isTaken;
}

/** Whether a control is not as the page was drawn. */
function isTouched(control: Element): boolean {
  if (control instanceof HTMLSelectElement) {
    const drawn = [...control.options].find(({ defaultSelected }) => defaultSelected) ?? control.options[0];
    return control.value !== drawn?.value;
  }
  if (!(control instanceof HTMLInputElement) || control.type === 'hidden') return false;
  if (control.type === 'radio' || control.type === 'checkbox') return control.checked !== control.defaultChecked;
  return control.value !== control.defaultValue;
}

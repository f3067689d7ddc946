/** `touch`: the first touch starts the scripts of a page. `load`: the first touch or the page's `load` event starts them. */
export type ScriptStart = 'touch' | 'load';

/**
 * Starts the held scripts of a page (`lib/server/held-scripts.ts`) on the first touch: a pointer, a key, a focus or a change of a
 * field, which also covers autofill, screen readers and voice control. Links and submit buttons work without script, so a
 * pointer or a focus on them starts nothing. Some pages need their scripts at once: a page that shows an alert, which the script
 * focuses, and a page that was reloaded or comes from the history, whose answers the script refreshes.
 *
 * After the page has loaded, the files are fetched one by one, so that a touch waits for one of them at most.
 *
 * The source of this function is part of pages, so it uses nothing from outside.
 *
 * @param start `load` starts the scripts after the page has loaded, without a touch
 */
export function startHeldScripts(start: ScriptStart): void {
  const touches = ['pointerdown', 'touchstart', 'keydown', 'focusin', 'input', 'change', 'click'];
  const listHeld = () => document.querySelectorAll<HTMLElement>('[data-hold]');
  let isStarted = false;

  function release() {
    for (const element of listHeld()) {
      element.removeAttribute('data-hold');
      if (element instanceof HTMLLinkElement) element.rel = 'preload';
      // The browser has not prepared a script of an unknown type, so it prepares the script on insertion (HTML, 4.12.1.1).
      // The script's address is unchanged, so no Trusted Types policy is needed.
      element.removeAttribute('type');
      const { nextSibling, parentNode } = element;
      element.remove();
      parentNode?.insertBefore(element, nextSibling);
    }
  }
  function run() {
    if (isStarted) return;
    isStarted = true;
    for (const type of touches) removeEventListener(type, onTouch, true);
    if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', release);
    // The browser paints the effect of the touch first (web.dev, "Optimize Interaction to Next Paint").
    else requestAnimationFrame(() => setTimeout(release));
  }
  function onTouch({ type, target }: Event) {
    const isScriptless = target instanceof Element && target.closest('a[href], [type=submit]');
    if (type === 'keydown' || !isScriptless) run();
  }
  async function fetchHeld() {
    const { connection } = navigator as { connection?: { saveData: boolean } };
    for (const element of listHeld()) {
      if (isStarted || connection?.saveData) return;
      const url = (element as HTMLScriptElement).src || (element as HTMLLinkElement).href;
      await (await fetch(url, { priority: 'low' })).arrayBuffer();
    }
  }

  for (const type of touches) addEventListener(type, onTouch, true);
  document.addEventListener('DOMContentLoaded', () => {
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    if (document.querySelector('[role=alert]:not([hidden])') || /reload|back/.test(navigation?.type ?? '')) run();
  });
  addEventListener('load', () => {
    // Not every browser has `requestIdleCallback`.
    const wait = window.requestIdleCallback ?? setTimeout;
    // On a slow device the page is painted after its `load` event.
    new PerformanceObserver((entries, observer) => {
      if (entries.getEntriesByName('first-contentful-paint').length === 0) return;
      observer.disconnect();
      // A file that cannot be fetched now is fetched with the scripts.
      wait(() => (start === 'load' ? run() : void fetchHeld().catch(() => {})));
    }).observe({ type: 'paint', buffered: true });
  });
}

import { type BrowserContext, expect, type Page } from '@playwright/test';

/**
 * Translates every page of a context the way Google Translate does in Chrome: each text node is replaced by a new one in
 * two `font` elements, now and whenever the page changes; what says `translate="no"` stays as it is. The new text has a
 * space more: another one for React, the same for a test's locator.
 *
 * @param timing `hydrated` leaves the server's page to React first; `at once` changes it before the script arrives
 */
export async function translatePages(context: BrowserContext, timing: 'hydrated' | 'at once'): Promise<void> {
  await context.addInitScript((isAtOnce) => {
    const isTranslatable = ({ nodeValue, parentElement }: Node) =>
      nodeValue?.trim() &&
      parentElement &&
      !parentElement.closest('font, title, script, style, noscript, textarea, [translate=no]');
    const wrap = (text: Node) => {
      if (!isTranslatable(text)) return;
      const [outer, inner] = [document.createElement('font'), document.createElement('font')];
      inner.append(document.createTextNode(`${text.nodeValue} `));
      outer.append(inner);
      text.parentNode?.replaceChild(outer, text);
    };
    const wrapAll = (root: Node) => {
      if (root.nodeType === Node.TEXT_NODE) return wrap(root);
      const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
      const texts: Node[] = [];
      for (let text = walker.nextNode(); text; text = walker.nextNode()) texts.push(text);
      return texts.forEach(wrap);
    };
    let isOn = isAtOnce;
    const turnOn = () => {
      isOn = true;
      document.documentElement.classList.add('translated-ltr');
      if (document.body) wrapAll(document.body);
    };
    new MutationObserver((records) => {
      if (isOn && isAtOnce) document.documentElement.classList.add('translated-ltr');
      // The framework adds this one when its first page is drawn.
      if (!isOn && document.querySelector('next-route-announcer')) turnOn();
      if (!isOn) return;
      for (const { type, target, addedNodes } of records) {
        if (type === 'characterData') wrap(target);
        for (const node of addedNodes) if (node.isConnected && document.body?.contains(node)) wrapAll(node);
      }
    }).observe(document, { subtree: true, childList: true, characterData: true });
  }, timing === 'at once');
}

/** Until no text of the page is left as it came. */
export async function expectTranslated(page: Page): Promise<void> {
  // The scripts of a page wait for a touch.
  await page.locator('h1').dispatchEvent('pointerdown');
  await expect(page.locator('html.translated-ltr')).toBeAttached();
  await expect
    .poll(() =>
      page.evaluate(() => {
        const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
        const untranslated: string[] = [];
        for (let text = texts.nextNode(); text; text = texts.nextNode()) {
          const { nodeValue, parentElement } = text;
          if (
            !nodeValue?.trim() ||
            parentElement?.closest('font, title, script, style, noscript, textarea, [translate=no]')
          )
            continue;
          untranslated.push(nodeValue);
        }
        return untranslated;
      }),
    )
    .toEqual([]);
}

/** Errors of the pages of a context, as they come in. */
export function collectErrors(context: BrowserContext): string[] {
  const errors: string[] = [];
  context.on('weberror', (error) => errors.push(String(error.error())));
  context.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  return errors;
}

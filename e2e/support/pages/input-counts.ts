import type { BrowserContext } from '@playwright/test';

/** Costs of a journey: keys and taps, and the taps by kind. */
export type InputCounts = { keys: number; taps: number; focus: number; choices: number; buttons: number };
type InputKind = 'key' | 'focus' | 'choice' | 'list' | 'button';

/**
 * Counts what a person does in a context's pages, their frames of other origins included. The browser's own events are
 * counted, so that a test cannot report fewer than it made: a key is one typed character. A press on a
 * text box, radio button, suggestion, link or submit button is one tap; a press on a list counts as two.
 *
 * @param isAgent counts every key, Tab, Enter and the arrows too
 */
export async function countInputs(context: BrowserContext, { isAgent = false } = {}): Promise<() => InputCounts> {
  const inputs: InputKind[] = [];
  await context.exposeBinding('reportInput', (_source, kind: InputKind) => void inputs.push(kind));
  await context.addInitScript((countsAll) => {
    const report = (kind: string) => (window as unknown as { reportInput: (kind: string) => void }).reportInput(kind);
    const getKind = (target: Element | null): string | undefined => {
      const control = target?.closest('input, select, button, a, summary, label, [role=option]');
      if (!control) return undefined;
      if (control.matches('select')) return 'list';
      if (control.matches('button[type=submit]')) return 'button';
      if (control.matches('input:not([type=radio], [type=checkbox])')) return 'focus';
      return control.matches('label') && !control.querySelector('input') ? 'focus' : 'choice';
    };
    // Autofill makes key events without a key.
    addEventListener(
      'keydown',
      (event) => event.isTrusted && (countsAll || event.key?.length === 1) && report('key'),
      true,
    );
    addEventListener(
      'pointerdown',
      (event) => {
        const kind = event.isTrusted ? getKind(event.target as Element | null) : undefined;
        if (kind) report(kind);
      },
      true,
    );
  }, isAgent);
  const countKind = (kind: InputKind) => inputs.filter((input) => input === kind).length;
  return () => {
    const [focus, choices, buttons] = [
      countKind('focus'),
      countKind('choice') + 2 * countKind('list'),
      countKind('button'),
    ];
    return { keys: countKind('key'), taps: focus + choices + buttons, focus, choices, buttons };
  };
}

/**
 * Counts what an agent decides in a context's pages: the Enter key, and clicks on anything but a text box. Typing is not an action.
 */
export async function countActions(context: BrowserContext): Promise<() => number> {
  let count = 0;
  await context.exposeBinding('reportAction', () => {
    count += 1;
  });
  await context.addInitScript(() => {
    const report = () => (window as unknown as { reportAction: () => void }).reportAction();
    addEventListener('keydown', (event) => event.isTrusted && event.key === 'Enter' && report(), true);
    const targets = 'button, a, summary, label, select, [role=option], [type=radio], [type=checkbox]';
    addEventListener(
      'pointerdown',
      (event) => event.isTrusted && event.target instanceof Element && event.target.closest(targets) && report(),
      true,
    );
  });
  return () => count;
}

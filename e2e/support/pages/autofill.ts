import { expect, type Locator, type Page, test } from '@playwright/test';

type AutofillProfile = {
  card?: { number: string; name: string; expiryMonth: string; expiryYear: string; cvc: string };
  address?: { fields: { name: string; value: string }[] };
};

/**
 * Starts Chromium's own autofill at the focused field, as if a person chose an entry of its list (DevTools protocol,
 * `Autofill.trigger`). Skips the test in a Chromium that has none.
 *
 * @param frame the frame of another origin that contains the field, if there is one
 */
export async function autofill(page: Page, profile: AutofillProfile, frame?: Locator): Promise<void> {
  const frameElement = await frame?.elementHandle();
  const session = await page.context().newCDPSession((await frameElement?.contentFrame()) ?? page);
  const { result } = await session.send('Runtime.evaluate', { expression: 'document.activeElement' });
  const { node } = await session.send('DOM.describeNode', { objectId: result.objectId ?? '' });
  const { frameTree } = await session.send('Page.getFrameTree');
  const target = { fieldId: node.backendNodeId, frameId: frameTree.frame.id };
  const failure = await session.send('Autofill.trigger', { ...target, ...profile }).then(() => '', String);
  test.skip(failure.includes("wasn't found"), 'This Chromium has no autofill to ask for');
  expect(failure).toBe('');
}

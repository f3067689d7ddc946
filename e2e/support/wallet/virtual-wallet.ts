import type { Page } from '@playwright/test';
import { type PresentationOptions, presentDocument } from './present-document.ts';

/** The wallet's answer to a request, by the names of the DevTools protocol, domain DigitalCredentials (`minimum-versions.json`). */
type WalletAction = 'respond' | 'decline' | 'wait';

const PROTOCOL = 'openid4vp-v1-unsigned';

async function setBehavior(page: Page, action: WalletAction, response?: object): Promise<void> {
  const session = await page.context().newCDPSession(page);
  // Playwright's types know the protocol of its own browser only.
  const send = session.send.bind(session) as (method: string, params: object) => Promise<unknown>;
  const answer = response && { protocol: PROTOCOL, response };
  await send('DigitalCredentials.setVirtualWalletBehavior', { action, ...answer });
}

export const declineRequests = (page: Page): Promise<void> => setBehavior(page, 'decline');
export const keepWaiting = (page: Page): Promise<void> => setBehavior(page, 'wait');

/**
 * Presents a document for the nonce of each request of our server.
 *
 * @returns the responses, to look for them elsewhere
 */
export async function presentOnRequest(page: Page, options: Omit<PresentationOptions, 'nonce'>): Promise<string[]> {
  const responses: string[] = [];
  await page.route('**/wallet/request', async (route) => {
    const answer = await route.fetch();
    const { nonce } = (await answer.json()) as { nonce: string };
    const response = await presentDocument({ ...options, nonce });
    responses.push(response);
    await setBehavior(page, 'respond', JSON.parse(response) as object);
    await route.fulfill({ response: answer });
  });
  return responses;
}

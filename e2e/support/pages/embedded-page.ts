import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
  type FrameLocator,
  type Page,
} from '@playwright/test';
import { getRun } from '../test-run.ts';
import type { Lang } from './journey-page.ts';

type LinkContent = { answers: object; locked?: string[]; lang?: string };

const getPartnerOrigin = () => getRun().origins['partner'] ?? '';

/** Returns the address of a partner's page that embeds a journey. */
export async function createEmbeddedUrl(content: LinkContent, lang: Lang): Promise<string> {
  const init = { method: 'POST', body: JSON.stringify({ content }) };
  const token = await (await fetch(`${getPartnerOrigin()}/token`, init)).text();
  return `${getPartnerOrigin()}/embedded?lang=${lang}&token=${token}`;
}

export const getEmbeddedFrame = (page: Page): FrameLocator => page.frameLocator('remittance-onboarding iframe');

/** The events that the partner's page has listed, without heights. */
export const readEvents = async (page: Page): Promise<string[]> =>
  (await page.locator('#events li').allTextContents()).filter((line) => !line.startsWith('resize '));

/** Browser settings that refuse the cookies of third parties, or all cookies. */
const COOKIE_PREFERENCES = {
  'third-party': { profile: { cookie_controls_mode: 1, block_third_party_cookies: true } },
  all: { profile: { default_content_setting_values: { cookies: 2 } } },
};

/**
 * Runs with a browser whose settings block cookies. It needs a profile: the settings are a file there.
 *
 * @param run gets the page and its context
 */
export async function withBlockedCookies(
  blocked: keyof typeof COOKIE_PREFERENCES,
  options: Pick<BrowserContextOptions, 'viewport' | 'isMobile' | 'hasTouch' | 'locale'>,
  run: (page: Page, context: BrowserContext) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-cookies-'));
  mkdirSync(join(folder, 'Default'));
  writeFileSync(join(folder, 'Default', 'Preferences'), JSON.stringify(COOKIE_PREFERENCES[blocked]));
  const executablePath = process.env['CHROMIUM_PATH'];
  const context = await chromium.launchPersistentContext(folder, {
    ...(executablePath && { executablePath }),
    ...options,
    baseURL: getRun().origins.app,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      ...(blocked === 'third-party' ? ['--test-third-party-cookie-phaseout'] : []),
    ],
  });
  try {
    await run(context.pages()[0] ?? (await context.newPage()), context);
  } finally {
    await context.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

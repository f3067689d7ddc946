import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContextOptions, chromium, type Page } from '@playwright/test';

export const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
export const DESK = { viewport: { width: 1280, height: 800 } };

/**
 * Runs a test in a browser whose camera shows a picture: Chromium plays a file, which is an argument of the browser.
 *
 * @param jpeg a picture; the camera shows it again and again
 * @param run gets the page and the folder of the browser's profile, which is complete when the browser has ended
 */
export async function withCamera<Result>(
  jpeg: Buffer,
  options: BrowserContextOptions,
  run: (page: Page) => Promise<Result>,
  readProfile: (folder: string) => void = () => {},
): Promise<Result> {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-camera-'));
  const [file, profile] = [join(folder, 'camera.mjpeg'), join(folder, 'profile')];
  writeFileSync(file, jpeg);
  const context = await chromium.launchPersistentContext(profile, {
    ...(process.env['CHROMIUM_PATH'] && { executablePath: process.env['CHROMIUM_PATH'] }),
    args: [
      '--no-sandbox',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${file}`,
    ],
    ...options,
  });
  try {
    return await run(context.pages()[0] ?? (await context.newPage()));
  } finally {
    await context.close();
    readProfile(profile);
    rmSync(folder, { recursive: true });
  }
}

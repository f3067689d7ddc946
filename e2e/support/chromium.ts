import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findOnPath, installDebianPackages, runVisibly } from './debian-packages.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const findDownloaded = () => (existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined);
const findChromium = () => process.env['CHROMIUM_PATH'] || findOnPath(NAMES) || findDownloaded();

/** A Chromium for the browser tests: the system's, or one that Debian or Playwright installs now. */
export function ensureChromium(): string {
  const existingPath = findChromium();
  if (existingPath) return existingPath;
  console.error('No Chromium here; installing one …');
  installDebianPackages(['chromium', 'fonts-liberation']);
  const installedPath =
    findChromium() ?? (runVisibly('playwright', 'install', 'chromium') ? findChromium() : undefined);
  if (installedPath) return installedPath;
  throw new Error('No Chromium could be installed. Install one and set CHROMIUM_PATH to it.');
}

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function findOnPath(): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((file) => existsSync(file));
}

const findDownloaded = () => (existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined);
const findChromium = () => process.env['CHROMIUM_PATH'] || findOnPath() || findDownloaded();
const run = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: ['ignore', 2, 2] }).status === 0;

/** A Chromium for the browser tests: the system's, or one that Debian or Playwright installs now. */
export function ensureChromium(): string {
  const existingPath = findChromium();
  if (existingPath) return existingPath;
  console.error('No Chromium here; installing one …');
  const isRoot = process.getuid?.() === 0;
  if (isRoot && run('apt-get', 'update', '-q'))
    run('apt-get', 'install', '-yq', '--no-install-recommends', 'chromium', 'fonts-liberation');
  const installedPath = findChromium() ?? (run('playwright', 'install', 'chromium') ? findChromium() : undefined);
  if (installedPath) return installedPath;
  throw new Error('No Chromium could be installed. Install one and set CHROMIUM_PATH to it.');
}

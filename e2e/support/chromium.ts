import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

function onPath(): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)))
    .find((file) => existsSync(file));
}

const downloaded = () => (existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined);
const find = () => process.env['CHROMIUM_PATH'] || onPath() || downloaded();
const run = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: ['ignore', 2, 2] }).status === 0;

/** A Chromium for the browser tests: the system's, or one that Debian or Playwright installs now. */
export function ensureChromium(): string {
  const present = find();
  if (present) return present;
  console.error('No Chromium here; installing one …');
  const isRoot = process.getuid?.() === 0;
  if (isRoot && run('apt-get', 'update', '-q'))
    run('apt-get', 'install', '-yq', '--no-install-recommends', 'chromium', 'fonts-liberation');
  const installed = find() ?? (run('playwright', 'install', 'chromium') ? find() : undefined);
  if (installed) return installed;
  throw new Error('No Chromium could be installed. Install one and set CHROMIUM_PATH to it.');
}

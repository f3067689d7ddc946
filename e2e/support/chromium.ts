import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findOnPath, installDebianPackages, runVisibly } from './debian-packages.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

type MinimumVersions = { chromium: { minimum: number; why: string } };
const { chromium: MINIMUM } = JSON.parse(readFileSync('minimum-versions.json', 'utf8')) as MinimumVersions;

const findDownloaded = () => (existsSync(chromium.executablePath()) ? chromium.executablePath() : undefined);

/**
 * Returns why a Chromium cannot run the tests; undefined when it can.
 *
 * @param path the browser's program
 * @param versionText what the program prints for `--version`
 */
export function findVersionProblem(path: string, versionText: string): string | undefined {
  const version = Number(/(\d+)\.\d+\.\d+\.\d+/.exec(versionText)?.[1] ?? 0);
  if (version >= MINIMUM.minimum) return undefined;
  const found = version === 0 ? `${path} does not say its version` : `${path} is Chromium ${version}`;
  return `${found}; the browser tests need ${MINIMUM.minimum} or later (${MINIMUM.why}).`;
}

const readVersion = (path: string) => spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout ?? '';

/** Finds a Chromium that can run the tests. Names each one that is too old on standard error. */
function findChromium(): string | undefined {
  return [findOnPath(NAMES), findDownloaded()].find((path) => {
    const problem = path && findVersionProblem(path, readVersion(path));
    if (problem) console.error(problem);
    return path && !problem;
  });
}

/**
 * Returns a Chromium for the browser tests: the one of `CHROMIUM_PATH`, the system's, or one that Debian or Playwright installs now.
 *
 * @throws when there is none, or the one of `CHROMIUM_PATH` is too old
 */
export function ensureChromium(): string {
  const chosenPath = process.env['CHROMIUM_PATH'];
  const problem = chosenPath && findVersionProblem(chosenPath, readVersion(chosenPath));
  if (problem) throw new Error(`CHROMIUM_PATH: ${problem}`);
  const existingPath = chosenPath || findChromium();
  if (existingPath) return existingPath;
  console.error('No Chromium here that can run the tests; installing one …');
  installDebianPackages(['chromium', 'fonts-liberation']);
  const installedPath =
    findChromium() ?? (runVisibly('playwright', 'install', 'chromium') ? findChromium() : undefined);
  if (installedPath) return installedPath;
  throw new Error(`No Chromium could be installed. Install ${MINIMUM.minimum} or later and set CHROMIUM_PATH to it.`);
}

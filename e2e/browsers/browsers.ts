/**
 * `npm run test:browsers`: every journey from the first page to the session link in Firefox and in WebKit, over TLS, against a
 * built app (`npm run build`) and the stand-ins. `-- webkit` runs one engine. Journeys of an engine that is not installed are skipped.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { findOnPath, installDebianPackages } from '../support/debian-packages.ts';
import type { BrowserPage, Engine, RunningEngine } from './engine.ts';
import { firefox } from './firefox.ts';
import { JOURNEYS } from './journeys.ts';
import { startTlsStack, type TlsStack } from './tls-stack.ts';
import { webkit } from './webkit.ts';

type Journey = (typeof JOURNEYS)[number];

const PICTURES = 'test-results/browsers';
const counts = { passed: 0, failed: 0, skipped: 0 };

const findMissingProgram = ({ programs }: Engine) => programs.find((program) => !findOnPath([program]));

/** Runs a journey, and expects that no page reported an error. Of a failed one it leaves a picture of each page. */
async function runJourney(name: string, { title, run }: Journey, engine: RunningEngine, stack: TlsStack) {
  const pages: BrowserPage[] = [];
  const openPage = async () => {
    const page = await engine.openPage();
    pages.push(page);
    return page;
  };
  try {
    await run(openPage, stack);
    expect(pages.flatMap(({ errors }) => errors ?? [])).toEqual([]);
    counts.passed += 1;
    console.log(`passed  ${name}: ${title}`);
  } catch (error) {
    counts.failed += 1;
    console.log(`FAILED  ${name}: ${title}\n${(error as Error).stack}`);
    mkdirSync(PICTURES, { recursive: true });
    for (const [index, page] of pages.entries()) {
      const picture = await page.takePicture().catch(() => undefined);
      const file = join(PICTURES, `${name}-${title.replace(/\W+/g, '-')}-${index}.png`);
      if (picture) writeFileSync(file, picture);
      console.log(`${await page.getUrl().catch(String)} ${picture ? file : ''} ${(page.errors ?? []).join('\n')}`);
    }
  }
}

const wantedName = process.argv[2]?.toLowerCase();
const engines = [firefox, webkit].filter(({ name }) => !wantedName || name.toLowerCase() === wantedName);
const missingPackages = engines.filter(findMissingProgram).flatMap(({ packages }) => packages);
if (missingPackages.length > 0) installDebianPackages(missingPackages);
const stack = await startTlsStack();
for (const engine of engines) {
  const missingProgram = findMissingProgram(engine);
  if (missingProgram) {
    counts.skipped += JOURNEYS.length;
    console.log(`skipped ${engine.name}: ${missingProgram} is not installed here`);
    continue;
  }
  const runningEngine = await engine.start();
  for (const journey of JOURNEYS) await runJourney(engine.name, journey, runningEngine, stack);
  await runningEngine.stop();
}
await stack.stop();
console.log(`\n${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped`);
process.exit(counts.failed === 0 ? 0 : 1);

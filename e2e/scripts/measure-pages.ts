/**
 * `npm run measure-pages`: opens each page of the built app's preview and prints its height in windows and where its main button
 * is, on a phone and on a desk, in both languages, empty and with errors. It fails when a page is over its budget.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { ensureChromium } from '../support/chromium.ts';
import { findBudgetProblems, measurePage, PAGE_BUDGETS, WINDOW_SIZES } from '../support/page-measures.ts';
import { listSceneNames } from '../support/pages/scenes.ts';
import { startStack } from '../support/stack.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-measures-'));
const stack = await startStack({ ports: 'free', env: { DATA_DIR: folder, LOG_LEVEL: 'error' } });
const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox'] });
const problems: string[] = [];
try {
  const existingNames = await listSceneNames(stack.origins.app);
  const names = Object.keys(PAGE_BUDGETS)
    .flatMap((name) => [name, `${name}-errors`])
    .filter((name) => existingNames.includes(name));
  console.log('| page | window | language | screens | button at px | in view |');
  console.log('|---|---|---|---:|---:|---|');
  for (const [sizeName, viewport] of Object.entries(WINDOW_SIZES)) {
    const context = await browser.newContext({
      baseURL: stack.origins.app,
      viewport,
      isMobile: sizeName === 'phone',
    });
    const page = await context.newPage();
    for (const lang of ['es', 'en'])
      for (const name of names) {
        const measure = await measurePage(page, `/${lang}/preview/${name}`);
        const { screens, buttonTopPx, isButtonInView } = measure;
        const cells = [name, sizeName, lang, screens.toFixed(2), buttonTopPx, isButtonInView ? 'yes' : 'no'];
        console.log(`| ${cells.join(' | ')} |`);
        for (const problem of findBudgetProblems(name, measure))
          problems.push(`${name}, ${sizeName}, ${lang}: ${problem}`);
      }
    await context.close();
  }
} finally {
  await browser.close();
  await stack.stop();
  rmSync(folder, { recursive: true, force: true });
}
for (const problem of problems) console.error(problem);
process.exitCode = problems.length > 0 ? 1 : 0;

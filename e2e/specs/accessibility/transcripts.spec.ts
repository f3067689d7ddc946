import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { expect, test } from '../../support/fixtures.ts';
import { listSceneNames } from '../../support/pages/scenes.ts';

// What a screen reader says on each page, from top to bottom, kept as files that a reviewer reads. The virtual screen reader is
// a model of the ARIA specifications, not NVDA or VoiceOver. `--update-snapshots` writes the files again.

const READER_PATH = '/virtual-screen-reader.js';
const READER_FILE = fileURLToPath(import.meta.resolve('@guidepup/virtual-screen-reader/browser.js'));

// The reader is not part of the app, so the page's policy refuses it.
test.use({ bypassCSP: true });

/** Phrases that repeat what was said or that no screen reader says by itself: ends, paragraphs, choices not made. */
const REPEATED_PHRASE = /^(end( of|,) |paragraph$|option, .*not selected)/;

/** Returns what the virtual screen reader says, one phrase a line. */
async function readAloud(page: Page): Promise<string> {
  const phrases = await page.evaluate(async (path) => {
    const { virtual } = await import(path);
    await virtual.start({ container: document.body });
    while ((await virtual.lastSpokenPhrase()) !== 'end of document') await virtual.next();
    const log: string[] = await virtual.spokenPhraseLog();
    await virtual.stop();
    return log;
  }, READER_PATH);
  return `${phrases.filter((phrase) => !REPEATED_PHRASE.test(phrase)).join('\n')}\n`;
}

for (const lang of ['es', 'en'] as const) {
  test(`every page and error is said as its transcript has it, ${lang}`, { tag: '@all' }, async ({ page, baseURL }) => {
    await page.route(`**${READER_PATH}`, (route) =>
      route.fulfill({ contentType: 'text/javascript', body: readFileSync(READER_FILE, 'utf8') }),
    );
    for (const name of await listSceneNames(baseURL ?? '')) {
      await page.goto(`/${lang}/preview/${name}`);
      // The vault's frames have names of their own when they have loaded.
      await expect(page.locator('[id$="-host"].waiting')).toHaveCount(0);
      // The console loads its search without a touch.
      if (name === 'console-address') await expect(page.locator('input[role=combobox]')).toBeVisible();
      expect.soft(await readAloud(page), name).toMatchSnapshot(`${lang}-${name}.txt`);
    }
  });
}

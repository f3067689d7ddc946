import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { createPhone } from '../../support/create-phone.ts';
import { JourneyPage } from '../../support/pages/journey-page.ts';
import { startStack } from '../../support/stack.ts';

/** What the Dockerfile copies into the image, besides the modules. */
const APP_FILES = readFileSync('Dockerfile', 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('COPY --from=build'))
  .flatMap((line) => Array.from(line.matchAll(/\/app\/(\S+)/g), ([, path = '']) => path));

test('the modules that the image has are all that a journey to the link and an operator’s command load', {
  tag: '@all',
}, async ({ browser }) => {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-modules-'));
  const DATA_DIR = join(folder, 'data');
  try {
    execFileSync('node', ['deploy/copy-modules.mjs', folder]);
    for (const name of APP_FILES) cpSync(name, join(folder, name), { recursive: true });
    const { origins, stop } = await startStack({ ports: 'free', folder, env: { DATA_DIR } });
    try {
      const context = await browser.newContext({ baseURL: origins.app });
      const journey = new JourneyPage(await context.newPage());
      await journey.start('es');
      await journey.goToReviewWithWallet(createPhone());
      await journey.submit();
      await journey.expectLink();
      await context.close();
    } finally {
      await stop();
    }
    const command = ['--conditions=react-server', '--env-file=.env.example', 'lib/cli/submissions.ts', 'list'];
    cpSync('.env.example', join(folder, '.env.example'));
    const output = execFileSync('node', command, { cwd: folder, env: { ...process.env, DATA_DIR }, encoding: 'utf8' });
    expect(output).toBe('Nothing waits.\n');
  } finally {
    rmSync(folder, { recursive: true });
  }
});

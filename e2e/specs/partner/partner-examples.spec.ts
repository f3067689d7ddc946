import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import { createPartnerKeys } from '../../support/partner-keys.ts';
import { startStack } from '../../support/stack.ts';

// The examples that partners start from, each run as a partner would run it.

const EXAMPLES: Record<string, { command: string; file: string; requirements: string[] }> = {
  Node: { command: 'node', file: 'link.mjs', requirements: ['--version'] },
  Python: { command: 'python3', file: 'link.py', requirements: ['-c', 'import jwcrypto'] },
  Java: { command: 'java', file: 'Link.java', requirements: ['--version'] },
};

test('the examples make links that work', { tag: '@all' }, async ({ browser }) => {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-examples-'));
  const keys = createPartnerKeys();
  const stack = await startStack({ ports: 'free', env: { DATA_DIR: folder, ...keys.app } });
  const { app } = stack.origins;
  const { SANDBOX_PARTNER_SIGN_KEY_FILE: signKeyFile, SANDBOX_PARTNER_SEAL_KEY_FILE: sealKeyFile } = keys.sandbox;
  for (const [name, { command, file, requirements: hasWhatItNeeds }] of Object.entries(EXAMPLES)) {
    if (spawnSync(command, hasWhatItNeeds).status !== 0) {
      console.log(`${name}: not tried, this machine lacks what it needs`);
      continue;
    }
    const result = spawnSync(command, [join('e2e/partner-examples', file), app, signKeyFile, sealKeyFile], {
      encoding: 'utf8',
    });
    expect(result.stderr, name).toBe('');
    const page = await (await browser.newContext()).newPage();
    await page.goto(result.stdout.trim());
    await expect(page, name).toHaveURL(/\/es\/onboarding\/identity$/);
    await expect(page.locator('[name=phoneNumber]'), name).toHaveValue('+52 55 1234 5678');
    await page.context().close();
  }
  await stack.stop();
  for (const directory of [folder, keys.folder]) rmSync(directory, { recursive: true, force: true });
});

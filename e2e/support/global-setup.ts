import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeBrandFile } from './brand-file.ts';
import { ensureChromium } from './chromium.ts';
import { createBlankStore } from './create-blank-store.ts';
import { startStack } from './stack.ts';
import { CANARY_KEY, getEvidencePaths } from './test-run.ts';

/** Finds a browser, and starts the built app and the sandbox on free ports for the whole run. */
export default async function globalSetup(): Promise<() => Promise<void>> {
  process.env['CHROMIUM_PATH'] = ensureChromium(); // the workers read the configuration, and this, when they begin
  const folder = mkdtempSync(join(tmpdir(), 'front-door-'));
  const { traffic, log, data } = getEvidencePaths(folder);
  const brandFile = writeBrandFile(folder, { askCallLocation: true });
  writeFileSync(traffic, '');
  writeFileSync(log, '');
  const stack = await startStack({
    ports: 'free',
    recordTo: traffic,
    onOutput: (text) => appendFileSync(log, text),
    env: {
      RAAS_API_KEY: CANARY_KEY,
      SANDBOX_RAAS_KEYS: `${CANARY_KEY}=partner_full`,
      DATA_DIR: data,
      BRAND_FILE: brandFile,
      // Tests that provoke faults run beside the others, on a machine that is busy with browsers.
      BREAKER_IN_A_ROW: '1000000',
      BREAKER_PERCENT: '100',
      SHED_DELAY_MS: '60000',
      SHED_BUSY_REQUESTS: '128',
    },
  });
  await createBlankStore(join(folder, 'blank'));
  process.env['FRONT_DOOR_RUN'] = JSON.stringify({ origins: stack.origins, folder });
  return async () => {
    await stack.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}

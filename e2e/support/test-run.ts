import { join } from 'node:path';
import type { Origins } from './stack.ts';

/** One run of the browser tests: the origins of its servers and the folder of its evidence. Set by `global-setup.ts`. */
export type TestRun = { origins: Origins; folder: string };

export const getRun = (): TestRun => JSON.parse(process.env['FRONT_DOOR_RUN'] ?? '{}') as TestRun;

export const getEvidencePaths = (folder: string) => ({
  traffic: join(folder, 'traffic.bin'),
  log: join(folder, 'app.log'),
  data: join(folder, 'data'),
});

/** The upstream's key in every browser test: if a byte of it shows up anywhere, it leaked. */
export const CANARY_KEY = 'canary-key-5f0c9a71d2e84b36';

/** `npm run rotation [-- --rows 1000]`: the steps of docs/operations.md#rotate-data_key, with so many rows of each kind. */
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';

const { values } = parseArgs({ options: { rows: { type: 'string', default: '1000' } } });
if (!/^[1-9]\d{0,4}$/.test(values.rows)) throw new Error('--rows takes a number from 1 to 99999');
const env = { ...process.env, ROTATION_ROWS: values.rows };
process.exit(
  spawnSync('playwright', ['test', 'e2e/specs/resilience/key-rotation.spec.ts'], { stdio: 'inherit', env }).status ?? 1,
);

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const SEEDS = 500;
const command = ['--conditions=react-server', 'e2e/simulation/simulate.ts'];
const simulate = async (...options: string[]) =>
  (await promisify(execFile)(process.execPath, [...command, ...options])).stdout;

test(`${SEEDS} simulated runs break no rule`, { timeout: 300_000 }, async () => {
  expect(await simulate('--seeds', String(SEEDS))).toContain(`${SEEDS} runs, 0 breaches`);
});

test('a seed gives the same trace twice, in one process and in another one', { timeout: 120_000 }, async () => {
  const [first, second] = await Promise.all([simulate('--seed', '7'), simulate('--seed', '7')]);
  expect(first).toEqual(second);
});

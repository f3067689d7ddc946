import { expect, test } from 'vitest';
import { isHealthy, recordRun } from './health.ts';

const recordRuns = (name: string, runs: readonly boolean[]) => {
  for (const isHung of runs) recordRun(name, isHung);
};

test('a process is unhealthy after three hung runs of one task in a row', () => {
  recordRuns('purge', [true, true]);
  recordRuns('anchor', [true]);
  expect(isHealthy()).toBe(true);
  recordRuns('purge', [true]);
  expect(isHealthy()).toBe(false);
});

test('a run that ends makes it healthy again', () => {
  recordRuns('purge', [false]);
  expect(isHealthy()).toBe(true);
  recordRuns('purge', [true, true, false, true, true]);
  expect(isHealthy()).toBe(true);
});

import { expect, test, vi } from 'vitest';
import { log } from '../observability/logger.ts';
import { isHealthy } from './health.ts';
import { repeat } from './repeat.ts';

vi.mock('../observability/logger.ts', () => ({ log: vi.fn() }));

const TIMES = { everyMs: 1, limitMs: 10_000 };
const pause = (ms: number) => new Promise((done) => setTimeout(done, ms));

test('work is done again after its end, also after one that failed, and never twice at once', async () => {
  let [runs, underWay, most] = [0, 0, 0];
  const stop = repeat('test', TIMES, async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await pause(5);
    underWay -= 1;
    runs += 1;
    if (runs === 1) throw new Error('first');
  });
  await expect.poll(() => runs).toBeGreaterThan(2);
  await stop();
  expect([underWay, most]).toEqual([0, 1]);
});

/** A busy machine takes its time. */
const PATIENCE = { timeout: 10_000 };

test('stopping tells the work under way and waits for it', async () => {
  const ended: string[] = [];
  const stop = repeat('test', TIMES, async (signal) => {
    await new Promise((done) => signal.addEventListener('abort', done));
    ended.push('work');
  });
  await stop();
  expect(ended).toEqual(['work']);
});

test('a run that hangs is told, abandoned and said, and the next one begins; three in a row ask for a restart', async () => {
  const hung: { signal: AbortSignal; wasHealthy: boolean }[] = [];
  let isStuck = true;
  let ended = 0;
  const stop = repeat('hanging', { everyMs: 1, limitMs: 20 }, async (signal) => {
    if (isStuck) {
      hung.push({ signal, wasHealthy: isHealthy() });
      await new Promise(() => {});
    }
    ended += 1;
  });
  await expect.poll(() => hung.length, PATIENCE).toBeGreaterThan(3);
  expect(isHealthy()).toBe(false);
  expect(hung.slice(0, 4).map(({ wasHealthy }) => wasHealthy)).toEqual([true, true, true, false]);
  expect(hung.slice(0, 3).map(({ signal }) => signal.aborted)).toEqual([true, true, true]);
  expect(log).toHaveBeenCalledWith({ event: 'server.failed', cause: 'hanging hung' });
  isStuck = false;
  await expect.poll(() => ended, PATIENCE).toBeGreaterThan(0);
  expect(isHealthy()).toBe(true);
  await stop();
});

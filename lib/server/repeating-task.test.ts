import { expect, test, vi } from 'vitest';
import { log } from '../observability/logger.ts';
import { isHealthy } from './health.ts';
import { startRepeatingTask } from './repeating-task.ts';

vi.mock('../observability/logger.ts', () => ({ log: vi.fn() }));

const SCHEDULE = { everyMs: 1, limitMs: 10_000 };
const wait = (ms: number) => new Promise((done) => setTimeout(done, ms));

test('work is done again after its end, also after one that failed, and never twice at once', async () => {
  let [runs, activeRuns, maxActiveRuns] = [0, 0, 0];
  const stop = startRepeatingTask('test', SCHEDULE, async () => {
    activeRuns += 1;
    maxActiveRuns = Math.max(maxActiveRuns, activeRuns);
    await wait(5);
    activeRuns -= 1;
    runs += 1;
    if (runs === 1) throw new Error('first');
  });
  await expect.poll(() => runs).toBeGreaterThan(2);
  await stop();
  expect([activeRuns, maxActiveRuns]).toEqual([0, 1]);
});

/** A busy machine takes its time. */
const POLL_OPTIONS = { timeout: 10_000 };

test('stopping tells the work under way and waits for it', async () => {
  const ended: string[] = [];
  const stop = startRepeatingTask('test', SCHEDULE, async (signal) => {
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
  const stop = startRepeatingTask('hanging', { everyMs: 1, limitMs: 20 }, async (signal) => {
    if (isStuck) {
      hung.push({ signal, wasHealthy: isHealthy() });
      await new Promise(() => {});
    }
    ended += 1;
  });
  await expect.poll(() => hung.length, POLL_OPTIONS).toBeGreaterThan(3);
  expect(isHealthy()).toBe(false);
  expect(hung.slice(0, 4).map(({ wasHealthy }) => wasHealthy)).toEqual([true, true, true, false]);
  expect(hung.slice(0, 3).map(({ signal }) => signal.aborted)).toEqual([true, true, true]);
  expect(log).toHaveBeenCalledWith({ event: 'server.failed', cause: 'hanging hung' });
  isStuck = false;
  await expect.poll(() => ended, POLL_OPTIONS).toBeGreaterThan(0);
  expect(isHealthy()).toBe(true);
  await stop();
});

test('an hourly task whose run failed runs again after a minute, and then once an hour again', async () => {
  const HOUR_MS = 3_600_000;
  const limitMs = 2 * HOUR_MS;
  const pauses: number[] = [];
  let runs = 0;
  /** Begins each next run at once, and the fourth never. */
  const setTimer = (ms: number, callback: () => void) => {
    if (ms === limitMs) return () => {};
    pauses.push(ms);
    if (pauses.length < 3) queueMicrotask(callback);
    return () => {};
  };
  const work = async () => {
    runs += 1;
    if (runs === 1) throw new Error('busy');
  };
  const stop = startRepeatingTask('hourly', { everyMs: HOUR_MS, limitMs }, work, { setTimer, onError: log });
  await expect.poll(() => pauses).toEqual([60_000, HOUR_MS, HOUR_MS]);
  await stop();
  expect(runs).toBe(3);
});

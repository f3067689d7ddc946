import { expect, test, vi } from 'vitest';
import { repeat } from './repeat.ts';

vi.mock('../observability/logger.ts', () => ({ log: vi.fn() }));

test('work is done again after its end, also after one that failed, and never twice at once', async () => {
  let [runs, underWay, most] = [0, 0, 0];
  const stop = repeat('test', 1, async () => {
    underWay += 1;
    most = Math.max(most, underWay);
    await new Promise((done) => setTimeout(done, 5));
    underWay -= 1;
    runs += 1;
    if (runs === 1) throw new Error('first');
  });
  await expect.poll(() => runs).toBeGreaterThan(2);
  await stop();
  expect([underWay, most]).toEqual([0, 1]);
});

test('stopping tells the work under way and waits for it', async () => {
  const ended: string[] = [];
  const stop = repeat('test', 1, async (signal) => {
    await new Promise((done) => signal.addEventListener('abort', done));
    ended.push('work');
  });
  await stop();
  expect(ended).toEqual(['work']);
});

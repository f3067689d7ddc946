import { expect, test } from 'vitest';
import { createUpstreamGuard } from './upstream-guard.ts';

const LIMITS = { failuresInARow: 2, failurePercent: 100, cooldownMs: 10_000, calls: 4, queue: 4, queueWaitMs: 2_000 };
const failed = async () => ({ value: 'failed', isFailure: true });
const worked = async () => ({ value: 'worked', isFailure: false });
const lostDatabase = async () => {
  throw new Error('no database');
};
const refused = { admitted: false, reason: 'breaker open' };

function createGuard() {
  let elapsedMs = 0;
  const changes: boolean[] = [];
  const clock = { now: () => new Date(elapsedMs), setTimer: () => () => {} };
  const guard = createUpstreamGuard(LIMITS, (isOpen) => changes.push(isOpen), clock);
  const skip = (ms: number) => {
    elapsedMs += ms;
  };
  return { guard, changes, skip };
}

test('a trial that ends in an error of the database leaves the breaker open, and the next trial closes it', async () => {
  const { guard, changes, skip } = createGuard();
  for (let call = 0; call < LIMITS.failuresInARow; call += 1) await guard.run(failed);
  expect(await guard.run(worked)).toEqual(refused);
  skip(LIMITS.cooldownMs);
  await expect(guard.run(lostDatabase)).rejects.toThrow('no database');
  expect(await guard.run(worked)).toEqual(refused);
  skip(LIMITS.cooldownMs);
  expect(await guard.run(worked)).toEqual({ admitted: true, value: 'worked' });
  expect(await guard.run(worked)).toEqual({ admitted: true, value: 'worked' });
  expect(changes).toEqual([true, true, false]);
});

test('while the breaker is closed, errors of the database do not count', async () => {
  const { guard, changes } = createGuard();
  for (let call = 0; call < 5; call += 1) await expect(guard.run(lostDatabase)).rejects.toThrow('no database');
  expect(await guard.run(worked)).toEqual({ admitted: true, value: 'worked' });
  expect(changes).toEqual([]);
});

import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { TimeoutError, withTimeout } from './with-timeout.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const ms = fc.integer({ min: 1, max: 60_000 });

test('a call that never answers ends at its time, whatever the time is', async () => {
  await fc.assert(
    fc.asyncProperty(ms, async (timeoutMs) => {
      const call = withTimeout(timeoutMs, new Promise<string>(() => undefined)).catch((error: unknown) => error);
      await vi.advanceTimersByTimeAsync(timeoutMs);
      expect(await call).toBeInstanceOf(TimeoutError);
      expect(vi.getTimerCount()).toBe(0);
    }),
  );
});

test('an answer or an error before that time is the result', async () => {
  const wait = (afterMs: number, end: () => void) => setTimeout(end, afterMs);
  await fc.assert(
    fc.asyncProperty(ms, fc.boolean(), async (timeoutMs, isAnswer) => {
      const work = new Promise((resolve, reject) =>
        wait(timeoutMs - 1, () => (isAnswer ? resolve('answer') : reject(new Error('refused')))),
      );
      const call = withTimeout(timeoutMs, work).catch((error: Error) => error.message);
      await vi.advanceTimersByTimeAsync(timeoutMs - 1);
      expect(await call).toBe(isAnswer ? 'answer' : 'refused');
      expect(vi.getTimerCount()).toBe(0);
    }),
  );
});

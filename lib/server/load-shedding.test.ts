import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { isOverloaded } from './load-shedding.ts';

const NO_LAG_LIMIT_MS = 3_600_000;
const limits = { perClient: 100, requests: 4, busyRequests: 2, delay: NO_LAG_LIMIT_MS };
const inFlight = new Map([['heavy', 3]]);

/** Keeps the event loop without idle time. */
async function keepBusy(durationMs: number): Promise<void> {
  for (const end = performance.now() + durationMs; performance.now() < end; ) {
    for (const turn = performance.now() + 20; performance.now() < turn; );
    await new Promise(setImmediate);
  }
}

test('a server with room serves one more request, and a full one refuses the client with the most', () => {
  expect(isOverloaded(new Map(), 'ana', limits)).toBe(false);
  expect(isOverloaded(inFlight, 'heavy', limits)).toBe(false);
  expect(isOverloaded(new Map([['heavy', 4]]), 'heavy', limits)).toBe(true);
  expect(isOverloaded(new Map([['heavy', 4]]), 'ana', limits)).toBe(false);
});

test('a process without idle time serves fewer requests at once, until it has had idle time again', async () => {
  await expect.poll(() => isOverloaded(inFlight, 'heavy', limits)).toBe(false);
  await keepBusy(300);
  await wait(0);
  expect(isOverloaded(inFlight, 'heavy', limits)).toBe(true);
  expect(isOverloaded(inFlight, 'ana', limits)).toBe(false);
  await expect.poll(() => isOverloaded(inFlight, 'heavy', limits)).toBe(false);
});

test('a lagging event loop serves seven requests at once', async () => {
  const lagLimits = { ...limits, requests: 100, busyRequests: 100, delay: 50 };
  const seven = new Map([['heavy', 7]]);
  expect(isOverloaded(seven, 'heavy', { ...lagLimits, delay: NO_LAG_LIMIT_MS })).toBe(false);
  const isRefused = async () => {
    for (const end = performance.now() + 100; performance.now() < end; );
    await wait(10);
    return isOverloaded(seven, 'heavy', lagLimits);
  };
  await expect.poll(isRefused).toBe(true);
});

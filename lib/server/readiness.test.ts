import { beforeEach, expect, test, vi } from 'vitest';
import { isReady, isServing } from './readiness.ts';

const state = vi.hoisted(() => ({ isShuttingDown: false, canWrite: true, checks: 0 }));
vi.mock('./graceful-shutdown.ts', () => ({ isShuttingDown: () => state.isShuttingDown }));
vi.mock('../store/store.ts', () => ({
  getStore: async () => ({
    canWrite: async () => {
      state.checks += 1;
      return state.canWrite;
    },
  }),
}));

beforeEach(() => Object.assign(state, { isShuttingDown: false, canWrite: true, checks: 0 }));

test('the process is ready while its store accepts writes', async () => {
  expect(await isReady()).toBe(true);
  state.canWrite = false;
  expect(await isReady()).toBe(false);
});

test('a process that shuts down is not ready, and does not ask its store', async () => {
  state.isShuttingDown = true;
  expect([isServing(), await isReady(), state.checks]).toEqual([false, false, 0]);
});

test('requests at the same time ask the store once, and a later one asks again', async () => {
  expect(await Promise.all([isReady(), isReady(), isReady()])).toEqual([true, true, true]);
  expect(state.checks).toBe(1);
  await isReady();
  expect(state.checks).toBe(2);
});

import { expect, test } from 'vitest';
import { type AppRuntime, setAppRuntime, waitForAppRuntime } from './app-runtime.ts';

const createRuntime = (): AppRuntime => ({ createRequestListener: () => () => {}, start: () => {} });

test('the server waits until the app is set, and keeps the first app', async () => {
  const pending = waitForAppRuntime();
  expect(await Promise.race([pending, Promise.resolve('pending')])).toBe('pending');
  const first = createRuntime();
  setAppRuntime(first);
  setAppRuntime(createRuntime());
  expect(await pending).toBe(first);
  expect(await waitForAppRuntime()).toBe(first);
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

vi.mock('../observability/logger.ts', () => ({ log: ({ event }: { event: string }) => steps.push(event) }));
const steps: string[] = [];
const exit = vi.spyOn(process, 'exit').mockImplementation((code) => void steps.push(`exit ${code}`) as never);
const signals = ['SIGTERM', 'SIGINT'] as const;
const listenersBefore = signals.map((signal) => process.listeners(signal));

/** Each test shuts down a process of its own. */
let shutdown: typeof import('./graceful-shutdown.ts');
beforeEach(async () => {
  steps.splice(0);
  vi.resetModules();
  Reflect.deleteProperty(globalThis, Symbol.for('front-door.drain'));
  shutdown = await import('./graceful-shutdown.ts');
});
afterEach(() => {
  for (const [index, signal] of signals.entries()) {
    process.removeAllListeners(signal);
    for (const listener of listenersBefore[index] ?? []) process.on(signal, listener as NodeJS.SignalsListener);
  }
});

const record = (step: string) => async () => void steps.push(step);
const options = { grace: 400, cap: 60_000, stop: record('stop'), close: record('close') };

test('readiness goes red at once, the background work ends, then the server closes, then the process ends', async () => {
  let closedAt = 0;
  const close = async () => {
    closedAt = performance.now();
    steps.push('close');
  };
  shutdown.installShutdownHandlers({ ...options, close });
  expect(shutdown.isShuttingDown()).toBe(false);
  const start = performance.now();
  process.emit('SIGTERM');
  expect(shutdown.isShuttingDown()).toBe(true);
  await expect.poll(() => steps).toEqual(['server.draining', 'stop', 'close', 'exit 143']);
  expect(closedAt - start).toBeGreaterThanOrEqual(options.grace - 1); // Node's timers round down
});

test('SIGINT has its own exit code, and a second signal changes nothing', async () => {
  shutdown.installShutdownHandlers(options);
  process.emit('SIGINT');
  process.emit('SIGTERM');
  await expect.poll(() => steps).toEqual(['server.draining', 'stop', 'close', 'exit 130']);
});

test('the listeners of the boot, which end the process at once, are replaced', () => {
  process.on('SIGTERM', () => void steps.push('at once'));
  shutdown.installShutdownHandlers(options);
  process.emit('SIGTERM');
  expect(steps).not.toContain('at once');
});

test('a server that does not close ends after its cap', async () => {
  shutdown.installShutdownHandlers({ ...options, cap: 200, close: () => new Promise(() => {}) });
  process.emit('SIGTERM');
  await expect.poll(() => steps.at(-1)).toBe('exit 1');
  expect(exit).not.toHaveBeenCalledWith(0);
});

import { beforeEach, expect, test, vi } from 'vitest';
import { ConfigurationError } from '../config/configuration-error.ts';
import { startMetricsServer } from './metrics-server.ts';

const state = vi.hoisted(() => ({ port: 0, isBroken: false }));
vi.mock('../observability/logger.ts', () => ({
  log: ({ port }: { port: number }) => {
    state.port = port;
  },
}));
vi.mock('../store/store.ts', () => ({
  getStore: async () => {
    if (state.isBroken) throw new Error('The database is away');
    return {
      submissionAdmin: { countOpenByState: async () => new Map([['parked', 2]]) },
      countConnections: async () => new Map([['idle', 3]]),
      outbox: { countPending: async () => new Map([['bank', 4]]) },
    };
  },
}));

beforeEach(() => Reflect.deleteProperty(globalThis, Symbol.for('front-door.metrics')));

test('the metrics of the store and of the requests are served under one path, to GET alone', async () => {
  await startMetricsServer('127.0.0.1:0');
  const origin = `http://127.0.0.1:${state.port}`;
  const text = await (await fetch(`${origin}/metrics`)).text();
  expect(text).toContain('front_door_submissions_open{state="parked"} 2');
  expect(text).toContain('front_door_database_connections{state="idle"} 3');
  expect(text).toContain('front_door_webhooks_pending{endpoint="bank"} 4');
  expect(text).toContain('front_door_requests_under_way{kind="all"} 0');
  expect((await fetch(`${origin}/`)).status).toBe(404);
  expect((await fetch(`${origin}/metrics`, { method: 'POST' })).status).toBe(404);
});

test('an address that is taken is named by its variable', async () => {
  await expect(startMetricsServer(`127.0.0.1:${state.port}`)).rejects.toEqual(new ConfigurationError('METRICS_LISTEN'));
});

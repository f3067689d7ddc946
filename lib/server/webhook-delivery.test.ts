import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { startHttpServer } from '../../e2e/support/http-server.ts';
import type { ClaimedEvent } from '../store/application-events/outbox.ts';
import { ROUND_MS } from '../use-cases/webhooks/deliver-events.ts';
import { createSecret, parseTestKey } from '../webhooks/test-keys.ts';
import { startWebhookDelivery } from './webhook-delivery.ts';

type Task = { schedule: { everyMs: number; limitMs: number }; work: (signal: AbortSignal) => Promise<unknown> };

const state = vi.hoisted(() => ({
  env: { APP_ENV: 'local', WEBHOOK_TIMEOUT_MS: 10_000, WEBHOOK_STALLED_MS: 60_000 },
  endpoints: [] as object[],
  tasks: new Map<string, Task>(),
}));
vi.mock('../config/env.ts', () => ({ getEnv: () => state.env }));
vi.mock('../config/get-journey-context.ts', () => ({ getJourneyContext: () => ({}) }));
vi.mock('../observability/logger.ts', () => ({ log: () => {} }));
vi.mock('../webhooks/endpoints.ts', () => ({ getWebhookEndpoints: () => state.endpoints }));
vi.mock('./repeating-task.ts', () => ({
  startRepeatingTask: (name: string, schedule: Task['schedule'], work: Task['work']) => {
    state.tasks.set(name, { schedule, work });
    return async () => {};
  },
}));

const SOCKETS = 8;
const keys = [parseTestKey(createSecret())];
const createEndpoint = (name: string, url: string, types: string[] = []) => ({ name, url: new URL(url), keys, types });

beforeEach(() => {
  state.tasks.clear();
  state.env.WEBHOOK_TIMEOUT_MS = 10_000;
});
const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** Starts the delivery to the endpoints of the state, with these due events. @returns how attempts ended, in their order */
function start(due: Readonly<Record<string, number>>): string[] {
  const ended: string[] = [];
  const waiting = new Map(Object.entries(due));
  const outbox = {
    claimDue: async (name: string): Promise<ClaimedEvent[]> => {
      const count = waiting.get(name) ?? 0;
      waiting.delete(name);
      return Array.from({ length: count }, (_, index) => ({
        id: `msg_${name}_${index}`,
        draftId: `${name}-${index}`,
        attempt: 1,
        retryFrom: new Date(),
        body: { type: 'application.started', timestamp: new Date().toISOString(), data: { application: `${index}` } },
      }));
    },
    settle: async ({ id }: ClaimedEvent, result: string) => void ended.push(`${id} ${result}`),
    postpone: async ({ id }: ClaimedEvent) => void ended.push(`${id} postponed`),
  };
  startWebhookDelivery({ outbox, stalled: {} } as unknown as Parameters<typeof startWebhookDelivery>[0]);
  return ended;
}

const runRound = (name: string) => state.tasks.get(`webhooks ${name}`)?.work(new AbortController().signal);

test.each([10, 100, 10_000, 30_000, 99_999])(
  'a round counts as hung only after its time and an attempt of %i ms',
  (timeoutMs) => {
    state.env.WEBHOOK_TIMEOUT_MS = timeoutMs;
    state.endpoints = ['crm', 'books'].map((name) => createEndpoint(name, 'http://127.0.0.1:1/'));
    start({});
    expect([...state.tasks.keys()]).toEqual(['webhooks crm', 'webhooks books']);
    for (const { schedule } of state.tasks.values()) {
      expect(schedule.limitMs).toBeGreaterThanOrEqual(ROUND_MS + timeoutMs + 30_000);
      // A task that hangs is noticed all the same.
      expect(schedule.limitMs).toBeLessThanOrEqual(ROUND_MS + timeoutMs + 120_000);
    }
  },
);

test('stalled applications are reported only if an endpoint wants it', () => {
  state.endpoints = [createEndpoint('crm', 'http://127.0.0.1:1/', ['application.refused'])];
  start({});
  expect([...state.tasks.keys()]).toEqual(['webhooks crm']);
  state.endpoints.push(createEndpoint('books', 'http://127.0.0.1:1/', ['application.stalled']));
  start({});
  expect([...state.tasks.keys()]).toContain('stalled');
});

test.each([
  ['another path of its host', '/silent', '/good'],
  ['the same address', '/any', '/any'],
])('an endpoint that never answers delays no endpoint at %s', async (_, silentPath, goodPath) => {
  state.env.WEBHOOK_TIMEOUT_MS = 2_000;
  let silentRequests = 0;
  const { server, origin } = await startHttpServer((request, response) => {
    request.resume();
    if (String(request.headers['webhook-id']).startsWith('msg_good')) response.writeHead(204).end();
    else silentRequests += 1;
  });
  stops.push(() => {
    server.closeAllConnections();
    server.close();
  });
  state.endpoints = [createEndpoint('silent', origin + silentPath), createEndpoint('good', origin + goodPath)];
  const ended = start({ silent: SOCKETS, good: 3 });
  const silentRound = runRound('silent');
  await expect.poll(() => silentRequests).toBe(SOCKETS);
  await runRound('good');
  expect(ended.toSorted()).toEqual(['msg_good_0 delivered', 'msg_good_1 delivered', 'msg_good_2 delivered']);
  await silentRound;
  expect(ended).toHaveLength(SOCKETS + 3);
});

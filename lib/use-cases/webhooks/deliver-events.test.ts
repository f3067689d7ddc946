import { generateKeyPairSync, randomBytes, verify } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { expect, test } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../domain/time.ts';
import type { LogEvent } from '../../observability/log-event.ts';
import type { ClaimedEvent } from '../../store/application-events/outbox.ts';
import type { SendResult } from '../../webhooks/send-webhook.ts';
import { parseSigningKey } from '../../webhooks/signing-keys.ts';
import {
  computeBackoffMs,
  computePauseMs,
  createDeliveryRounds,
  type DeliveryTools,
  RETRY_PERIOD_MS,
} from './deliver-events.ts';

const secret = `whsec_${randomBytes(32).toString('base64')}`;
const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const seed = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32).toString('base64');
const keys = [secret, `whsk_${seed}`].map((text) => {
  const key = parseSigningKey(text);
  if (!key) throw new Error('not a key');
  return key;
});
const endpoint = { name: 'crm', url: new URL('https://hooks.example.com/a'), keys, types: [] };
const START = new Date();

const buildEvent = (attempt = 1, retryFrom = START): ClaimedEvent => ({
  id: 'msg_a_1_crm',
  draftId: 'a',
  attempt,
  retryFrom,
  body: { type: 'application.started', timestamp: START.toISOString(), data: { application: 'a'.repeat(43) } },
});

/** Delivers one event to a receiver with this answer. @returns what the outbox and the log were told, and what was sent */
async function deliver(event: ClaimedEvent, result: SendResult, now = START) {
  const recorded: unknown[] = [];
  const logged: LogEvent[] = [];
  const sent: { headers: Readonly<Record<string, string>>; body: string }[] = [];
  const batches = [[event]];
  const tools: DeliveryTools = {
    now: () => now,
    monotonicMs: () => 0,
    random: () => 0,
    sleep: async () => undefined,
    log: (line) => void logged.push(line),
    send: async (_url, headers, body) => {
      sent.push({ headers, body });
      return result;
    },
    outbox: {
      claimDue: async () => batches.shift() ?? [],
      settle: async (_event, state, cause) => void recorded.push([state, cause]),
      postpone: async (_event, until, cause) => void recorded.push([until.getTime() - now.getTime(), cause]),
    },
  };
  await createDeliveryRounds(tools, endpoint)();
  return { recorded, logged, sent };
}

test('a delivered event is signed with every key, and nothing is logged', async () => {
  const { recorded, logged, sent } = await deliver(buildEvent(), { kind: 'delivered', cause: 'HTTP 200' });
  expect([recorded, logged]).toEqual([[['delivered', 'HTTP 200']], []]);
  const [{ headers, body } = { headers: {}, body: '' }] = sent;
  expect(new Webhook(secret).verify(body, headers)).toEqual(buildEvent().body);
  const [, asymmetric = ''] = headers['webhook-signature']?.split(' ') ?? [];
  const content = Buffer.from(`${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`);
  expect(verify(null, content, publicKey, Buffer.from(asymmetric.replace('v1a,', ''), 'base64'))).toBe(true);
});

test('a failure is logged and tried again', async () => {
  const { recorded, logged } = await deliver(buildEvent(3), { kind: 'failed', cause: 'HTTP 503' });
  expect(recorded).toEqual([[80_000, 'HTTP 503']]);
  const line = { event: 'webhook.failed', endpoint: 'crm', type: 'application.started', message: 'msg_a_1_crm' };
  expect(logged).toEqual([{ ...line, attempt: 3, cause: 'HTTP 503', isFinal: false }]);
});

test('after three days a failure is the last one, and the attempt before is made at their end', async () => {
  const late = new Date(START.getTime() + RETRY_PERIOD_MS - MINUTE_MS);
  expect((await deliver(buildEvent(20), { kind: 'failed', cause: 'ECONNREFUSED' }, late)).recorded).toEqual([
    [MINUTE_MS, 'ECONNREFUSED'],
  ]);
  const end = new Date(START.getTime() + RETRY_PERIOD_MS);
  const { recorded, logged } = await deliver(buildEvent(21), { kind: 'failed', cause: 'ECONNREFUSED' }, end);
  expect(recorded).toEqual([['failed', 'ECONNREFUSED']]);
  expect(logged).toMatchObject([{ isFinal: true }]);
});

test('an event that is older than three days at its first attempt gets a second one', async () => {
  const end = new Date(START.getTime() + RETRY_PERIOD_MS);
  const { recorded } = await deliver(buildEvent(1), { kind: 'failed', cause: 'ECONNREFUSED' }, end);
  expect(recorded).toEqual([[5_000, 'ECONNREFUSED']]);
});

test('an endpoint that says 410 gets the event no more', async () => {
  const { recorded, logged } = await deliver(buildEvent(), { kind: 'gone', cause: 'HTTP 410' });
  expect(recorded).toEqual([['failed', 'HTTP 410']]);
  expect(logged).toMatchObject([{ isFinal: true, cause: 'HTTP 410' }]);
});

test('pauses grow from 5 s to 4 h, and make about twenty attempts in three days', () => {
  const pauses = Array.from({ length: 30 }, (_, index) => computePauseMs(index + 1, 0));
  expect(pauses.slice(0, 5)).toEqual([5_000, 20_000, 80_000, 320_000, 1_280_000]);
  expect(Math.max(...pauses)).toBe(4 * HOUR_MS);
  let passedMs = 0;
  const attempts = pauses.findIndex((pauseMs) => {
    passedMs += pauseMs;
    return passedMs > 3 * DAY_MS;
  });
  expect(attempts).toBeGreaterThan(15);
  expect(computePauseMs(1, 0.999)).toBeLessThan(6_000);
});

test('a round begins no batch after its signal or its time', async () => {
  let claims = 0;
  let clockMs = 0;
  const tools: DeliveryTools = {
    now: () => START,
    monotonicMs: () => clockMs,
    random: () => 0,
    sleep: async () => undefined,
    log: () => {},
    send: async () => ({ kind: 'delivered', cause: 'HTTP 200' }),
    outbox: {
      claimDue: async () => {
        claims += 1;
        clockMs += 6_000;
        return [buildEvent()];
      },
      settle: async () => {},
      postpone: async () => {},
    },
  };
  const runRound = createDeliveryRounds(tools, endpoint);
  await runRound(AbortSignal.abort());
  expect(claims).toBe(0);
  await runRound();
  expect(claims).toBe(4);
});

test('after a batch the round pauses as long as the batch took, a quarter of a second at most', async () => {
  let clockMs = 0;
  const pauses: number[] = [];
  const batchTimes = [40, 9_000];
  await createDeliveryRounds(
    {
      now: () => START,
      monotonicMs: () => clockMs,
      random: () => 0,
      sleep: async (ms) => void pauses.push(ms),
      log: () => {},
      send: async () => ({ kind: 'delivered', cause: 'HTTP 200' }),
      outbox: {
        claimDue: async () => {
          const batchMs = batchTimes.shift();
          clockMs += batchMs ?? 0;
          return batchMs ? [buildEvent()] : [];
        },
        settle: async () => {},
        postpone: async () => {},
      },
    },
    endpoint,
  )();
  expect(pauses).toEqual([40, 250]);
});

test('an endpoint that fails a whole batch is paused, then gets one event alone, and all others after it answers', async () => {
  let clockMs = 0;
  const limits: number[] = [];
  const results: SendResult['kind'][] = [];
  const runRound = createDeliveryRounds(
    {
      now: () => START,
      monotonicMs: () => clockMs,
      random: () => 0,
      sleep: async () => undefined,
      log: () => {},
      send: async () => ({ kind: results.shift() ?? 'delivered', cause: 'HTTP 500' }),
      outbox: {
        claimDue: async (_endpoint, limit) => {
          limits.push(limit);
          return results.slice(0, limit).map((_, index) => ({ ...buildEvent(), draftId: `${index}` }));
        },
        settle: async () => {},
        postpone: async () => {},
      },
    },
    endpoint,
  );
  /** Runs a round when so many milliseconds have passed. @returns the sizes of the batches that it asked for */
  async function runAfter(ms: number, ...kinds: SendResult['kind'][]) {
    clockMs += ms;
    results.splice(0, results.length, ...kinds);
    await runRound();
    return limits.splice(0);
  }
  // One of eight is delivered: no rest.
  expect(await runAfter(0, ...Array<SendResult['kind']>(7).fill('failed'), 'delivered', 'delivered')).toEqual([
    8, 8, 8,
  ]);
  // It works and refuses these events: no pause.
  expect(await runAfter(0, 'rejected', 'gone', 'rejected')).toEqual([8, 8]);
  expect(await runAfter(0, 'failed', 'failed')).toEqual([8]);
  expect(await runAfter(computeBackoffMs(1) - 1, 'delivered')).toEqual([]);
  expect(await runAfter(1, 'failed', 'failed')).toEqual([1]);
  expect(await runAfter(computeBackoffMs(2) - 1, 'delivered')).toEqual([]);
  expect(await runAfter(1, 'delivered', 'delivered', 'delivered')).toEqual([1, 8, 8]);
});

test.each<[string, string[][], number]>([
  ['the event of one application', [['a'], ['b']], 3],
  ['the same event again and again', [['a'], ['a'], ['a'], ['b', 'c']], 4],
  ['several events of one application', [['a', 'a', 'a'], ['b']], 3],
  ['events of two applications', [['a', 'b'], ['c']], 1],
  ['events of two applications among several of one', [['a', 'a', 'b'], ['c']], 1],
])('an endpoint that fails for %s is paused only if they are of several applications', async (_, batches, claims) => {
  let claimCount = 0;
  await createDeliveryRounds(
    {
      now: () => START,
      monotonicMs: () => 0,
      random: () => 0,
      sleep: async () => undefined,
      log: () => {},
      send: async () => ({ kind: 'failed', cause: 'HTTP 500' }),
      outbox: {
        claimDue: async () => {
          claimCount += 1;
          return (batches.shift() ?? []).map((draftId, index) => ({ ...buildEvent(), id: `msg_${index}`, draftId }));
        },
        settle: async () => {},
        postpone: async () => {},
      },
    },
    endpoint,
  )();
  expect(claimCount).toBe(claims);
});

test('a pause of an endpoint grows from 5 s to a minute', () => {
  expect([1, 2, 3, 4, 5, 20, 5_000].map(computeBackoffMs)).toEqual([
    5_000, 10_000, 20_000, 40_000, 60_000, 60_000, 60_000,
  ]);
});

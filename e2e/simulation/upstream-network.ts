import { channel } from 'node:diagnostics_channel';
import type { Dispatcher, Pool } from 'undici';
import type { Faults } from './faults.ts';
import type { CallMode } from './modes.ts';
import type { Process } from './process.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import { type Answer, type Call, MAX_TRAVEL_MS, type Upstream } from './upstream.ts';

type Options = { path: string; headers: Record<string, string>; body: string | null; signal: AbortSignal };
/** The event by which the transport learns that the first byte is about to leave (undici, diagnostics channel). */
const sendHeaders = channel('undici:client:sendHeaders');

type Surroundings = {
  process: Process;
  upstream: Upstream;
  faults: Faults;
  scheduler: Scheduler;
  random: Random;
  draftOf: (lastName: string) => number;
  note: (line: string) => void;
};

const failWith = (code: string) => Object.assign(new Error(code), { code });
const OUTCOMES: Partial<Record<CallMode, Answer>> = {
  busy: { status: 429, body: {} },
  'fails before': { status: 500, body: { code: 'ERROR_INTERNAL_SERVER_ERROR' } },
  'key denied': { status: 401, body: {} },
};

/** The connections of one process to the upstream, in place of undici's pool: the product's transport runs over it. */
export function openUpstreamPool(surroundings: Surroundings, headersTimeoutMs: number): Pick<Pool, 'request'> {
  const { process, upstream, faults, scheduler, random, draftOf, note } = surroundings;

  function request(options: Options): Promise<unknown> {
    const { path, headers, signal } = options;
    const payload = JSON.parse(options.body ?? '{}') as { lastName?: string; phoneNumber?: string };
    const phone = payload.phoneNumber ?? '';
    const operation = path.endsWith('sessionlink-v2') ? 'call' : path.includes('get-user-token') ? 'look' : 'link';
    const callFault = operation === 'call' ? faults.nextCall() : undefined;
    const lookFault = operation === 'look' ? faults.nextLook() : undefined;
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      const fail = (code: string, delayMs: number) => process.deliver(delayMs, () => reject(failWith(code)));
      const passage = faults.meet(process, operation, 'request');
      if (!process.isAlive()) return;
      if (callFault?.mode === 'connection refused') return void fail('ECONNREFUSED', random.between(1, 30));
      const waitMs = callFault?.mode === 'connection late' ? callFault.ms : 0;
      process.deliver(random.between(1, 30) + waitMs + passage.delayMs, begin);

      function begin(): void {
        if (signal.aborted) return;
        sendHeaders.publish({ request: { headers: Object.entries(headers).flat() } });
        if (signal.aborted) return;
        fail('UND_ERR_HEADERS_TIMEOUT', headersTimeoutMs);
        if (passage.lostAfterMs !== undefined) fail('ECONNRESET', passage.lostAfterMs);
        if (operation !== 'call') {
          if (passage.lostAfterMs === undefined) scheduler.schedule(random.between(1, 50), () => arriveLook());
          return;
        }
        note(`p${process.index} call: the first byte of ${payload.lastName} leaves`);
        const call = upstream.leave(draftOf(payload.lastName ?? ''), phone);
        if (callFault?.mode === 'request lost') return void fail('ECONNRESET', callFault.ms);
        if (passage.lostAfterMs !== undefined) return;
        const lateMs = callFault?.mode === 'request late' ? callFault.ms : 0;
        scheduler.schedule(Math.min(random.between(5, 50) + lateMs, MAX_TRAVEL_MS), () => arriveCall(call));
      }

      function arriveCall(call: Call): void {
        const mode = callFault?.mode;
        const waits: Answer = { status: 503, body: {}, retryAfter: String(random.between(0, 5)) };
        const answer = mode === 'busy with a wait' ? waits : ((mode && OUTCOMES[mode]) ?? upstream.work(call));
        const seen: Answer =
          mode === 'fails after'
            ? { status: 500, body: {} }
            : mode === 'answer without a link' && answer.status === 200
              ? { status: 200, body: { status: 'Pending', statusDetail: 'None' } }
              : answer;
        note(`upstream: call of ${payload.lastName}: ${mode ?? 'works'}, ${seen.status}`);
        if (mode === 'answer lost') return void fail('ECONNRESET', callFault?.ms ?? 1);
        const lateMs = mode === 'answer late' ? (callFault?.ms ?? 0) : 0;
        answerWith(seen, random.between(100, 2_500) + lateMs, () => {
          upstream.hear(call, seen.status, 'link' in seen.body);
        });
      }

      function arriveLook(): void {
        const mode = lookFault?.mode;
        if (mode === 'lost') return void fail('ECONNRESET', lookFault?.ms ?? 1);
        const answer =
          operation === 'look' ? upstream.look(phone) : upstream.linkFor(path.slice(path.lastIndexOf('/') + 1));
        const refused = mode === 'fails' ? 500 : mode === 'key denied' ? 401 : undefined;
        const seen = refused === undefined ? answer : { status: refused, body: {} };
        note(`upstream: ${operation}: ${seen.status}`);
        const lateMs = mode === 'late' ? (lookFault?.ms ?? 0) : 0;
        answerWith(seen, (random.chance(0.3) ? random.between(250, 1_500) : random.scaled(10, 250)) + lateMs, () => {
          if (operation === 'look' && refused === undefined) upstream.hearLook(phone, seen.status === 200);
        });
      }

      function answerWith(answer: Answer, delayMs: number, onHeard: () => void): void {
        const back = faults.meet(process, operation, 'answer');
        if (back.lostAfterMs !== undefined) return void fail('ECONNRESET', back.lostAfterMs);
        let isHeard = false;
        const hear = () => {
          if (!signal.aborted && !isHeard) onHeard();
          isHeard = true;
          resolve(toResponse(answer));
        };
        process.deliver(delayMs + back.delayMs, hear);
        if (back.repeatAfterMs !== undefined) process.deliver(delayMs + back.delayMs + back.repeatAfterMs, hear);
      }
    });
  }
  return { request: request as unknown as Pool['request'] };
}

function toResponse({ status, body, retryAfter }: Answer): Partial<Dispatcher.ResponseData> {
  const bytes = new TextEncoder().encode(JSON.stringify(body));
  return {
    statusCode: status,
    headers: { 'content-type': 'application/json', ...(retryAfter !== undefined && { 'retry-after': retryAfter }) },
    body: { bytes: async () => bytes } as unknown as Dispatcher.ResponseData['body'],
  };
}

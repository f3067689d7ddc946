import { channel } from 'node:diagnostics_channel';
import type { Dispatcher, Pool } from 'undici';
import type { FaultInjector } from './fault-injector.ts';
import type { CallMode } from './modes.ts';
import type { Process } from './process.ts';
import type { Random } from './random.ts';
import type { Scheduler } from './scheduler.ts';
import { type Answer, type Call, MAX_TRAVEL_MS, type Upstream } from './upstream.ts';

type Options = { path: string; headers: Record<string, string>; body: string | null; signal: AbortSignal };
/** The event by which the transport learns that the first byte is about to leave (undici, diagnostics channel). */
const sendHeaders = channel('undici:client:sendHeaders');

type Dependencies = {
  process: Process;
  upstream: Upstream;
  faults: FaultInjector;
  scheduler: Scheduler;
  random: Random;
  draftOf: (lastName: string) => number;
  note: (line: string) => void;
};

const createError = (code: string) => Object.assign(new Error(code), { code });
const ANSWER_BY_MODE: Partial<Record<CallMode, Answer>> = {
  busy: { status: 429, body: {} },
  'fails before': { status: 500, body: { code: 'ERROR_INTERNAL_SERVER_ERROR' } },
  'key denied': { status: 401, body: {} },
};

/** The connections of one process to the upstream, in place of undici's pool: the product's transport runs over it. */
export function openUpstreamPool(dependencies: Dependencies, headersTimeoutMs: number): Pick<Pool, 'request'> {
  const { process, upstream, faults, scheduler, random, draftOf: findDraftIndex, note: log } = dependencies;

  function request(options: Options): Promise<unknown> {
    const { path, headers, signal } = options;
    const payload = JSON.parse(options.body ?? '{}') as { lastName?: string; phoneNumber?: string };
    const phone = payload.phoneNumber ?? '';
    const operation = path.endsWith('sessionlink-v2') ? 'call' : path.includes('get-user-token') ? 'look' : 'link';
    const callFault = operation === 'call' ? faults.nextCall() : undefined;
    const lookupFault = operation === 'look' ? faults.nextLookup() : undefined;
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
      const rejectAfter = (code: string, delayMs: number) => process.deliver(delayMs, () => reject(createError(code)));
      const requestDelivery = faults.interceptMessage(process, operation, 'request');
      if (!process.isAlive()) return;
      if (callFault?.mode === 'connection refused') return void rejectAfter('ECONNREFUSED', random.between(1, 30));
      const waitMs = callFault?.mode === 'connection late' ? callFault.ms : 0;
      process.deliver(random.between(1, 30) + waitMs + requestDelivery.delayMs, sendFirstByte);

      function sendFirstByte(): void {
        if (signal.aborted) return;
        sendHeaders.publish({ request: { headers: Object.entries(headers).flat() } });
        if (signal.aborted) return;
        rejectAfter('UND_ERR_HEADERS_TIMEOUT', headersTimeoutMs);
        if (requestDelivery.lostAfterMs !== undefined) rejectAfter('ECONNRESET', requestDelivery.lostAfterMs);
        if (operation !== 'call') {
          if (requestDelivery.lostAfterMs === undefined)
            scheduler.schedule(random.between(1, 50), () => onLookupArrival());
          return;
        }
        log(`p${process.index} call: the first byte of ${payload.lastName} leaves`);
        const call = upstream.startCall(findDraftIndex(payload.lastName ?? ''), phone);
        if (callFault?.mode === 'request lost') return void rejectAfter('ECONNRESET', callFault.ms);
        if (requestDelivery.lostAfterMs !== undefined) return;
        const lateMs = callFault?.mode === 'request late' ? callFault.ms : 0;
        scheduler.schedule(Math.min(random.between(5, 50) + lateMs, MAX_TRAVEL_MS), () => onCallArrival(call));
      }

      function onCallArrival(call: Call): void {
        const mode = callFault?.mode;
        const busyAnswer: Answer = { status: 503, body: {}, retryAfter: String(random.between(0, 5)) };
        const answer =
          mode === 'busy with a wait' ? busyAnswer : ((mode && ANSWER_BY_MODE[mode]) ?? upstream.processCall(call));
        const reply: Answer =
          mode === 'fails after'
            ? { status: 500, body: {} }
            : mode === 'answer without a link' && answer.status === 200
              ? { status: 200, body: { status: 'Pending', statusDetail: 'None' } }
              : answer;
        log(`upstream: call of ${payload.lastName}: ${mode ?? 'works'}, ${reply.status}`);
        if (mode === 'answer lost') return void rejectAfter('ECONNRESET', callFault?.ms ?? 1);
        const lateMs = mode === 'answer late' ? (callFault?.ms ?? 0) : 0;
        sendReply(reply, random.between(100, 2_500) + lateMs, () => {
          upstream.receiveAnswer(call, reply.status, 'link' in reply.body);
        });
      }

      function onLookupArrival(): void {
        const mode = lookupFault?.mode;
        if (mode === 'lost') return void rejectAfter('ECONNRESET', lookupFault?.ms ?? 1);
        const answer =
          operation === 'look' ? upstream.lookUp(phone) : upstream.getLink(path.slice(path.lastIndexOf('/') + 1));
        const refusalStatus = mode === 'fails' ? 500 : mode === 'key denied' ? 401 : undefined;
        const reply = refusalStatus === undefined ? answer : { status: refusalStatus, body: {} };
        log(`upstream: ${operation}: ${reply.status}`);
        const lateMs = mode === 'late' ? (lookupFault?.ms ?? 0) : 0;
        sendReply(reply, (random.chance(0.3) ? random.between(250, 1_500) : random.scaled(10, 250)) + lateMs, () => {
          if (operation === 'look' && refusalStatus === undefined) upstream.receiveLookup(phone, reply.status === 200);
        });
      }

      function sendReply(answer: Answer, delayMs: number, onHeard: () => void): void {
        const replyDelivery = faults.interceptMessage(process, operation, 'answer');
        if (replyDelivery.lostAfterMs !== undefined) return void rejectAfter('ECONNRESET', replyDelivery.lostAfterMs);
        let isHeard = false;
        const onReply = () => {
          if (!signal.aborted && !isHeard) onHeard();
          isHeard = true;
          resolve(toResponse(answer));
        };
        process.deliver(delayMs + replyDelivery.delayMs, onReply);
        if (replyDelivery.repeatAfterMs !== undefined)
          process.deliver(delayMs + replyDelivery.delayMs + replyDelivery.repeatAfterMs, onReply);
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

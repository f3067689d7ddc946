import type { Runtime } from '../../config/runtime.ts';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../domain/time.ts';
import type { LogEvent } from '../../observability/log-event.ts';
import type { ClaimedEvent, Outbox } from '../../store/application-events/outbox.ts';
import type { WebhookEndpoint } from '../../webhooks/endpoints.ts';
import type { SendResult, SendWebhook } from '../../webhooks/send-webhook.ts';
import { buildSignedHeaders } from '../../webhooks/signing-keys.ts';

export type DeliveryTools = Pick<Runtime, 'now' | 'monotonicMs' | 'random' | 'sleep'> & {
  outbox: Pick<Outbox, 'claimDue' | 'settle' | 'postpone'>;
  send: SendWebhook;
  log: (event: LogEvent) => void;
};

/** Events of one endpoint that are sent at once, each of another application. */
const BATCH_SIZE = 8;
/**
 * After a batch, the round of an endpoint pauses as long as the batch took, so that a burst of events does not slow submissions: so many
 * milliseconds at most.
 */
const MAX_BATCH_PAUSE_MS = 250;
/** Milliseconds after which a round starts no further batch, so that the health check does not report it as hung. */
export const ROUND_MS = 20_000;

/** The pause of an endpoint that failed for a batch of several applications, twice as long after each further one, and the longest one. */
const FIRST_BACKOFF_MS = 5_000;
const MAX_BACKOFF_MS = MINUTE_MS;

/** An event is tried again for so long. */
export const RETRY_PERIOD_MS = 3 * DAY_MS;
/** The pause after the first failure, the factor of each further one, and the longest one. */
const FIRST_PAUSE_MS = 5_000;
const PAUSE_FACTOR = 4;
const MAX_PAUSE_MS = 4 * HOUR_MS;
/** A random part of a pause, so that events that failed together do not return together. */
const JITTER = 0.2;

/** A round delivers the events of one endpoint that are due. `signal` ends it after the current batch. */
type DeliveryRound = (signal?: AbortSignal) => Promise<void>;

/**
 * Creates the rounds that deliver the due events of an endpoint, in the order of each application, until none is due.
 * An endpoint that fails for a batch of several applications is paused, and then gets one event alone. A failing endpoint then costs
 * submissions little, and its events keep their attempts. An endpoint that rejects single events is not paused, nor is one that fails for
 * the event of one application: they must not hold up the others.
 */
export function createDeliveryRounds(tools: DeliveryTools, endpoint: WebhookEndpoint): DeliveryRound {
  let failedBatches = 0;
  let backoffUntilMs = Number.NEGATIVE_INFINITY;

  return async (signal) => {
    const until = tools.monotonicMs() + ROUND_MS;
    const canContinue = (atMs: number) => !signal?.aborted && atMs < until && atMs >= backoffUntilMs;
    for (let startMs = tools.monotonicMs(); canContinue(startMs); startMs = tools.monotonicMs()) {
      const events = await tools.outbox.claimDue(endpoint.name, failedBatches === 0 ? BATCH_SIZE : 1);
      if (events.length === 0) return;
      const results = await Promise.all(events.map((event) => deliverEvent(tools, endpoint, event)));
      const endMs = tools.monotonicMs();
      const hasFailed =
        results.every((kind) => kind === 'failed') && (failedBatches > 0 || hasSeveralApplications(events));
      failedBatches = hasFailed ? failedBatches + 1 : 0;
      if (failedBatches > 0) backoffUntilMs = endMs + computeBackoffMs(failedBatches);
      if (canContinue(endMs)) await tools.sleep(Math.min(endMs - startMs, MAX_BATCH_PAUSE_MS));
    }
  };
}

const hasSeveralApplications = (events: readonly ClaimedEvent[]): boolean =>
  new Set(events.map(({ draftId }) => draftId)).size > 1;

/** Makes one attempt, records its result and returns it. */
async function deliverEvent(
  tools: DeliveryTools,
  endpoint: WebhookEndpoint,
  event: ClaimedEvent,
): Promise<SendResult['kind']> {
  const { outbox, send, now, log } = tools;
  const body = JSON.stringify(event.body);
  const timestamp = Math.floor(now().getTime() / 1_000);
  const headers = buildSignedHeaders({ id: event.id, timestamp, body }, endpoint.keys);
  const { kind, cause } = await send(endpoint.url, headers, body);
  if (kind === 'delivered') {
    await outbox.settle(event, 'delivered', cause);
    return kind;
  }
  const nowMs = now().getTime();
  const endMs = event.retryFrom.getTime() + RETRY_PERIOD_MS;
  // An event that waited for a paused endpoint can be older at its first attempt; it gets another one.
  const isFinal = kind === 'gone' || (event.attempt > 1 && nowMs >= endMs);
  log({
    event: 'webhook.failed',
    endpoint: endpoint.name,
    type: event.body.type,
    message: event.id,
    attempt: event.attempt,
    cause,
    isFinal,
  });
  const retryMs = nowMs + computePauseMs(event.attempt, tools.random());
  const dueMs = nowMs < endMs ? Math.min(retryMs, endMs) : retryMs;
  await (isFinal ? outbox.settle(event, 'failed', cause) : outbox.postpone(event, new Date(dueMs), cause));
  return kind;
}

/** @param failedBatches consecutive batches for which the endpoint failed, from 1 */
export function computeBackoffMs(failedBatches: number): number {
  return Math.min(FIRST_BACKOFF_MS * 2 ** (failedBatches - 1), MAX_BACKOFF_MS);
}

/** @param chance from 0 to below 1 */
export function computePauseMs(attempt: number, chance: number): number {
  const pauseMs = Math.min(FIRST_PAUSE_MS * PAUSE_FACTOR ** Math.max(0, attempt - 1), MAX_PAUSE_MS);
  return pauseMs * (1 + JITTER * chance);
}

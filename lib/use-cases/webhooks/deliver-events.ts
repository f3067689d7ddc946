import type { Runtime } from '../../config/runtime.ts';
import { DAY_MS, HOUR_MS } from '../../domain/time.ts';
import type { LogEvent } from '../../observability/log-event.ts';
import type { ClaimedEvent, Outbox } from '../../store/application-events/outbox.ts';
import type { WebhookEndpoint } from '../../webhooks/endpoints.ts';
import type { SendWebhook } from '../../webhooks/send-webhook.ts';
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
const ROUND_MS = 20_000;

/** An event is tried again for so long. */
export const RETRY_PERIOD_MS = 3 * DAY_MS;
/** The pause after the first failure, the factor of each further one, and the longest one. */
const FIRST_PAUSE_MS = 5_000;
const PAUSE_FACTOR = 4;
const MAX_PAUSE_MS = 4 * HOUR_MS;
/** A random part of a pause, so that events that failed together do not return together. */
const JITTER = 0.2;

/**
 * Delivers the due events of an endpoint, in the order of each application, until none is due.
 *
 * @param signal ends the round after the current batch
 */
export async function deliverDueEvents(
  tools: DeliveryTools,
  endpoint: WebhookEndpoint,
  signal?: AbortSignal,
): Promise<void> {
  const until = tools.monotonicMs() + ROUND_MS;
  while (!signal?.aborted && tools.monotonicMs() < until) {
    const start = tools.monotonicMs();
    const events = await tools.outbox.claimDue(endpoint.name, BATCH_SIZE);
    if (events.length === 0) return;
    await Promise.all(events.map((event) => deliverEvent(tools, endpoint, event)));
    if (!signal?.aborted) await tools.sleep(Math.min(tools.monotonicMs() - start, MAX_BATCH_PAUSE_MS));
  }
}

async function deliverEvent(tools: DeliveryTools, endpoint: WebhookEndpoint, event: ClaimedEvent): Promise<void> {
  const { outbox, send, now, log } = tools;
  const body = JSON.stringify(event.body);
  const timestamp = Math.floor(now().getTime() / 1_000);
  const headers = buildSignedHeaders({ id: event.id, timestamp, body }, endpoint.keys);
  const { kind, cause } = await send(endpoint.url, headers, body);
  if (kind === 'delivered') return outbox.settle(event, 'delivered', cause);
  const endMs = event.retryFrom.getTime() + RETRY_PERIOD_MS;
  const isFinal = kind === 'gone' || now().getTime() >= endMs;
  log({
    event: 'webhook.failed',
    endpoint: endpoint.name,
    type: event.body.type,
    message: event.id,
    attempt: event.attempt,
    cause,
    isFinal,
  });
  if (isFinal) return outbox.settle(event, 'failed', cause);
  const dueMs = Math.min(now().getTime() + computePauseMs(event.attempt, tools.random()), endMs);
  return outbox.postpone(event, new Date(dueMs), cause);
}

/** @param chance from 0 to below 1 */
export function computePauseMs(attempt: number, chance: number): number {
  const pauseMs = Math.min(FIRST_PAUSE_MS * PAUSE_FACTOR ** Math.max(0, attempt - 1), MAX_PAUSE_MS);
  return pauseMs * (1 + JITTER * chance);
}

import 'server-only';
import { getEnv } from '../config/env.ts';
import { getJourneyContext } from '../config/get-journey-context.ts';
import { systemRuntime } from '../config/runtime.ts';
import { MINUTE_MS } from '../domain/time.ts';
import { log } from '../observability/logger.ts';
import type { Store } from '../store/store.ts';
import { createDeliveryRounds } from '../use-cases/webhooks/deliver-events.ts';
import { reportStalled } from '../use-cases/webhooks/report-stalled.ts';
import { getWebhookEndpoints } from '../webhooks/endpoints.ts';
import { createWebhookClient } from '../webhooks/send-webhook.ts';
import { startRepeatingTask } from './repeating-task.ts';

/** A round ends after 20 s and the attempts that it has begun. */
const DELIVERY_SCHEDULE = { everyMs: 2_000, limitMs: 90_000 };

const STALLED_EVERY_MS = 10 * MINUTE_MS;
const STALLED_LIMIT_MS = 10 * MINUTE_MS;

/** Delivers events to each endpoint beside the others: a slow one delays no other one. @returns functions that stop it */
export function startWebhookDelivery({ outbox, stalled }: Pick<Store, 'outbox' | 'stalled'>): (() => Promise<void>)[] {
  const { APP_ENV, WEBHOOK_TIMEOUT_MS, WEBHOOK_STALLED_MS: idleMs } = getEnv();
  const send = createWebhookClient({ timeoutMs: WEBHOOK_TIMEOUT_MS, isLocal: APP_ENV === 'local' });
  const tools = { ...systemRuntime, outbox, send, log };
  const endpoints = getWebhookEndpoints();
  const deliveries = endpoints.map((endpoint) =>
    startRepeatingTask(`webhooks ${endpoint.name}`, DELIVERY_SCHEDULE, createDeliveryRounds(tools, endpoint)),
  );
  if (!endpoints.some(({ types }) => types.includes('application.stalled'))) return deliveries;
  const schedule = { everyMs: Math.min(STALLED_EVERY_MS, idleMs), limitMs: STALLED_LIMIT_MS };
  const reports = startRepeatingTask('stalled', schedule, (signal) => {
    const { now } = systemRuntime;
    return reportStalled({ stalled, context: getJourneyContext(now()), now, idleMs }, signal);
  });
  return [...deliveries, reports];
}

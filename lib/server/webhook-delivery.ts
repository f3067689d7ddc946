import 'server-only';
import { getEnv } from '../config/env.ts';
import { systemRuntime } from '../config/runtime.ts';
import { log } from '../observability/logger.ts';
import type { Store } from '../store/store.ts';
import { deliverDueEvents } from '../use-cases/webhooks/deliver-events.ts';
import { getWebhookEndpoints } from '../webhooks/endpoints.ts';
import { createWebhookClient } from '../webhooks/send-webhook.ts';
import { startRepeatingTask } from './repeating-task.ts';

/** A round ends after 20 s and the attempts that it has begun. */
const DELIVERY_SCHEDULE = { everyMs: 2_000, limitMs: 90_000 };

/** Delivers events to each endpoint beside the others: a slow one delays no other one. @returns functions that stop it */
export function startWebhookDelivery({ outbox }: Pick<Store, 'outbox'>): (() => Promise<void>)[] {
  const { APP_ENV, WEBHOOK_TIMEOUT_MS } = getEnv();
  const send = createWebhookClient({ timeoutMs: WEBHOOK_TIMEOUT_MS, isLocal: APP_ENV === 'local' });
  const tools = { ...systemRuntime, outbox, send, log };
  return getWebhookEndpoints().map((endpoint) =>
    startRepeatingTask(`webhooks ${endpoint.name}`, DELIVERY_SCHEDULE, (signal) =>
      deliverDueEvents(tools, endpoint, signal),
    ),
  );
}

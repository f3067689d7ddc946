import 'server-only';
import { getEnv } from '../config/env.ts';
import { getJourneyContext } from '../config/get-journey-context.ts';
import { systemRuntime } from '../config/runtime.ts';
import { MINUTE_MS } from '../domain/time.ts';
import { log } from '../observability/logger.ts';
import type { Store } from '../store/store.ts';
import { createDeliveryRounds, ROUND_MS } from '../use-cases/webhooks/deliver-events.ts';
import { reportStalled } from '../use-cases/webhooks/report-stalled.ts';
import { getWebhookEndpoints } from '../webhooks/endpoints.ts';
import { createWebhookClient } from '../webhooks/send-webhook.ts';
import { startRepeatingTask } from './repeating-task.ts';

const DELIVERY_EVERY_MS = 2_000;
/** For the statements of the last batch of a round, which wait for one connection with those of other endpoints. */
const DELIVERY_MARGIN_MS = MINUTE_MS;

const STALLED_EVERY_MS = 10 * MINUTE_MS;
const STALLED_LIMIT_MS = 10 * MINUTE_MS;

/** Delivers events to each endpoint beside the others: a slow one delays no other one, not even of its host. @returns functions that stop it */
export function startWebhookDelivery({ outbox, stalled }: Pick<Store, 'outbox' | 'stalled'>): (() => Promise<void>)[] {
  const { APP_ENV, WEBHOOK_TIMEOUT_MS, WEBHOOK_STALLED_MS: idleMs } = getEnv();
  // A round ends after its time and the attempts that it has begun.
  const deliverySchedule = { everyMs: DELIVERY_EVERY_MS, limitMs: ROUND_MS + WEBHOOK_TIMEOUT_MS + DELIVERY_MARGIN_MS };
  const endpoints = getWebhookEndpoints();
  const deliveries = endpoints.map((endpoint) => {
    const send = createWebhookClient({ timeoutMs: WEBHOOK_TIMEOUT_MS, isLocal: APP_ENV === 'local' });
    const runRound = createDeliveryRounds({ ...systemRuntime, outbox, send, log }, endpoint);
    return startRepeatingTask(`webhooks ${endpoint.name}`, deliverySchedule, runRound);
  });
  if (!endpoints.some(({ types }) => types.includes('application.stalled'))) return deliveries;
  const schedule = { everyMs: Math.min(STALLED_EVERY_MS, idleMs), limitMs: STALLED_LIMIT_MS };
  const reports = startRepeatingTask('stalled', schedule, (signal) => {
    const { now } = systemRuntime;
    return reportStalled({ stalled, context: getJourneyContext(now()), now, idleMs }, signal);
  });
  return [...deliveries, reports];
}

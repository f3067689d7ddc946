import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { getProcessSingleton } from '../config/process-singleton.ts';
import type { LogEvent } from './log-event.ts';

/** Upper bounds in seconds, up to the longest wait for an upstream call. */
const BUCKETS_SECONDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 15];

/** Returns the metrics of the process, named by Prometheus's rules (metric naming, base units). */
const getMetrics = () =>
  getProcessSingleton('metrics', () => {
    const registry = new Registry();
    const registers = [registry];
    collectDefaultMetrics({ register: registry });
    const events = new Counter({
      name: 'front_door_events_total',
      help: 'What the log tells, counted.',
      registers,
      labelNames: ['event', 'detail'] as const,
    });
    const calls = new Histogram({
      name: 'front_door_upstream_call_seconds',
      help: 'Calls that must not be made twice.',
      registers,
      labelNames: ['outcome'] as const,
      buckets: BUCKETS_SECONDS,
    });
    const breaker = new Gauge({ name: 'front_door_breaker_open', help: '1 while nothing is called.', registers });
    return { registry, events, calls, breaker };
  });

/**
 * Returns the value of the label `detail`. Each comes from a short list, because Prometheus keeps a series per value.
 */
function getEventDetail(event: LogEvent): string {
  switch (event.event) {
    case 'step.saved':
    case 'step.invalid':
      return event.step;
    case 'submission.called':
    case 'submission.settled':
      return event.outcome;
    case 'request.refused':
      return String(event.status);
    case 'row.unreadable':
      return event.kind;
    case 'limit.reached':
      return event.limit;
    case 'webhook.failed':
      return event.endpoint;
    case 'browser.reported':
      return event.what;
    case 'policy.violated':
      return event.directive;
    default:
      return '';
  }
}

/** Returns the number of events that one line stands for. */
function getEventCount(event: LogEvent): number {
  if ('requests' in event) return event.requests;
  if ('reports' in event) return event.reports;
  return 'rows' in event ? event.rows : 1;
}

/** Counts a logged event. */
export function countEvent(event: LogEvent): void {
  const { events, calls, breaker } = getMetrics();
  events.inc({ event: event.event, detail: getEventDetail(event) }, getEventCount(event));
  if (event.event === 'submission.called') calls.observe({ outcome: event.outcome }, event.ms / 1_000);
  if (event.event === 'upstream.breaker') breaker.set(event.isOpen ? 1 : 0);
}

/** Registers a gauge that is read at each scrape. */
export function registerGauge(
  name: string,
  help: string,
  read: () => Promise<ReadonlyMap<string, number>>,
  label: string,
): void {
  new Gauge({
    name,
    help,
    labelNames: [label],
    registers: [getMetrics().registry],
    async collect() {
      for (const [value, number] of await read()) this.set({ [label]: value }, number);
    },
  });
}

/** Returns all metrics in Prometheus's text format, with its content type. */
export async function renderMetrics(): Promise<{ type: string; text: string }> {
  const { registry } = getMetrics();
  return { type: registry.contentType, text: await registry.metrics() };
}

/**
 * Traces by OpenTelemetry, for who wants them: packages of their own, loaded before the server and by nothing in it.
 *
 *   npm install --prefix deploy/tracing --ignore-scripts
 *   NODE_OPTIONS="--import ./deploy/tracing/register.mjs" OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318 npm start
 *
 * The framework makes spans of its own; calls of the upstream are added here. What leaves the process is a list: no address with
 * its query, no header, no body, no message of an error, nothing that a person typed. No propagator is set, so a stranger's
 * `traceparent` counts for nothing and the upstream gets none of ours.
 */
import { subscribe } from 'node:diagnostics_channel';
import { context, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import {
  BatchSpanProcessor,
  ParentBasedSampler,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';

/** Names and kinds of work, routes with their parameters' names, methods, statuses, hosts. */
const KEPT = new Set([
  ...['next.span_type', 'next.route', 'next.rsc', 'http.method', 'http.route', 'http.status_code'],
  ...['http.request.method', 'http.response.status_code', 'server.address', 'error.type'],
]);
/** A second is what a process that is ended may lose. */
const DELAY_MS = 1_000;

/** A span as it may leave. */
function kept(span) {
  const attributes = Object.fromEntries(Object.entries(span.attributes).filter(([name]) => KEPT.has(name)));
  // The framework names a span by its route where it knows one, else by the address.
  const [name = ''] = span.name.split('?');
  return Object.create(span, {
    ...{ name: { value: name }, attributes: { value: attributes }, events: { value: [] }, links: { value: [] } },
    status: { value: { code: span.status.code } },
  });
}

class ByList extends OTLPTraceExporter {
  export(spans, done) {
    super.export(spans.map(kept), done);
  }
}

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(
  new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': process.env.OTEL_SERVICE_NAME ?? 'front-door' }),
    sampler: new ParentBasedSampler({
      root: new TraceIdRatioBasedSampler(Number(process.env.OTEL_TRACES_SAMPLER_ARG ?? 1)),
    }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new ByList(), scheduledDelayMillis: DELAY_MS })],
  }),
);

const tracer = trace.getTracer('front-door');
const calls = new WeakMap();
subscribe('undici:request:create', ({ request }) => {
  const attributes = { 'http.request.method': request.method, 'server.address': new URL(request.origin).host };
  calls.set(request, tracer.startSpan('upstream', { kind: SpanKind.CLIENT, attributes }));
});
subscribe('undici:request:headers', ({ request, response }) => {
  calls.get(request)?.setAttribute('http.response.status_code', response.statusCode);
});
subscribe('undici:request:trailers', ({ request }) => calls.get(request)?.end());
subscribe('undici:request:error', ({ request, error }) => {
  calls.get(request)?.setAttribute('error.type', error.code ?? error.name);
  calls.get(request)?.setStatus({ code: SpanStatusCode.ERROR });
  calls.get(request)?.end();
});

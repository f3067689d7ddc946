/**
 * Optional traces by OpenTelemetry, with packages of their own, loaded before the server.
 *
 *   npm install --prefix deploy/tracing --ignore-scripts
 *   NODE_OPTIONS="--import ./deploy/tracing/register.mjs" OTEL_EXPORTER_OTLP_ENDPOINT=http://collector:4318 npm start
 *
 * The framework makes spans; this file adds those of upstream calls. Only listed attributes leave the process: no query, header,
 * body, error message or input. Without a propagator, the app ignores a client's `traceparent` and sends none to the upstream.
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

const EXPORTED_ATTRIBUTES = new Set([
  'next.span_type',
  'next.route',
  'next.rsc',
  'http.method',
  'http.route',
  'http.status_code',
  'http.request.method',
  'http.response.status_code',
  'server.address',
  'error.type',
]);
/** A process that ends loses at most the spans of one second. */
const EXPORT_DELAY_MS = 1_000;

/** Returns a copy of the span with the listed attributes only. */
function redactSpan(span) {
  const attributes = Object.fromEntries(
    Object.entries(span.attributes).filter(([name]) => EXPORTED_ATTRIBUTES.has(name)),
  );
  // The framework names a span by its route, or by the address with its query.
  const [name = ''] = span.name.split('?');
  return Object.create(span, {
    name: { value: name },
    attributes: { value: attributes },
    events: { value: [] },
    links: { value: [] },
    status: { value: { code: span.status.code } },
  });
}

class RedactingExporter extends OTLPTraceExporter {
  export(spans, onDone) {
    super.export(spans.map(redactSpan), onDone);
  }
}

context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
trace.setGlobalTracerProvider(
  new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': process.env.OTEL_SERVICE_NAME ?? 'front-door' }),
    sampler: new ParentBasedSampler({
      root: new TraceIdRatioBasedSampler(Number(process.env.OTEL_TRACES_SAMPLER_ARG ?? 1)),
    }),
    spanProcessors: [
      new BatchSpanProcessor({ exporter: new RedactingExporter(), scheduledDelayMillis: EXPORT_DELAY_MS }),
    ],
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

import { randomBytes } from 'node:crypto';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import type { RecordedEvent } from '../../../domain/event.ts';
import { type NextIds, OpenSpans } from './open-spans.ts';
import { EventTracer } from './trace-events.ts';

export interface Tracing {
  event(event: RecordedEvent): void;
  /** Sends what has ended and was not sent yet. */
  close(): Promise<void>;
}

/** Sends traces to an OpenTelemetry collector. Endpoint, headers and the rest come from the standard `OTEL_EXPORTER_OTLP_…` variables. */
export function startTracing(version: string): Tracing {
  const next: NextIds = { spanId: null, traceId: null };
  const take = (name: keyof NextIds, bytes: number): string => {
    const id = next[name] ?? randomBytes(bytes).toString('hex');
    next[name] = null;
    return id;
  };
  const provider = new TracerProvider({
    resource: resourceFromAttributes({ 'service.name': 'gastown', 'service.version': version }),
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter() })],
    idGenerator: {
      generateSpanId: () => take('spanId', 8),
      generateTraceId: () => take('traceId', 16),
    },
  });
  const tracer = new EventTracer(new OpenSpans(provider.getTracer('gastown', version), next));
  return { event: (event) => tracer.take(event), close: () => provider.shutdown() };
}

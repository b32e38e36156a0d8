import { setTimeout as delay } from 'node:timers/promises';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  type Sampler,
  type SpanExporter,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { Service, Tracing, TracingLog } from './start-tracing.ts';
import { toldExporter } from './told-exporter.ts';
import type { TracingSettings } from './tracing-settings.ts';

/** How long the end of the process waits for the last spans, ms. */
const lastSpansMs = 2_000;
/** Nothing we write is longer; what might be is not worth its memory. */
const spanLimits = { attributeValueLengthLimit: 256, eventCountLimit: 64, linkCountLimit: 16 };

/** Makes the SDK the one that `@opentelemetry/api` speaks with. Imported only where tracing is configured: it takes time and memory. */
export const openSdk = async (
  service: Service,
  settings: TracingSettings,
  log: TracingLog,
): Promise<Tracing> => {
  const own = resourceFromAttributes({
    'service.name': service.name,
    'service.namespace': 'medlyssning',
    'service.version': service.version,
    'service.instance.id': service.instance,
  });
  const exporter = toldExporter(await exporterOf(settings), log);
  const provider = new TracerProvider({
    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES have the last word
    resource: own.merge(detectResources({ detectors: [envDetector] })),
    sampler: samplerOf(settings),
    spanLimits,
    spanProcessors: [new BatchSpanProcessor({ exporter, ...settings.batch })],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  return {
    stop: () =>
      Promise.race([provider.shutdown().catch(() => {}), delay(lastSpansMs, undefined, { ref: false })]),
  };
};

const exporterOf = async ({ protocol }: TracingSettings): Promise<SpanExporter> => {
  const { OTLPTraceExporter } =
    protocol === 'http/json'
      ? await import('@opentelemetry/exporter-trace-otlp-http')
      : await import('@opentelemetry/exporter-trace-otlp-proto');
  return new OTLPTraceExporter();
};

const samplerOf = ({ sampler, ratio }: TracingSettings): Sampler => {
  const [first, second] = sampler.split('parentbased_');
  const roots: Readonly<Record<string, () => Sampler>> = {
    always_on: () => new AlwaysOnSampler(),
    always_off: () => new AlwaysOffSampler(),
    traceidratio: () => new TraceIdRatioBasedSampler(ratio),
  };
  const root = roots[second ?? first ?? '']?.() ?? new AlwaysOnSampler();
  return second === undefined ? root : new ParentBasedSampler({ root });
};

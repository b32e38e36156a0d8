import { describe, expect, it } from 'vitest';
import { tracingSettings } from './tracing-settings.ts';

const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

describe('tracing is off', () => {
  it.each([
    ['where nothing is said', {}],
    ['where the variables are empty', { OTEL_EXPORTER_OTLP_ENDPOINT: ' ', OTEL_TRACES_EXPORTER: '' }],
    ['where the SDK is disabled', { ...endpoint, OTEL_SDK_DISABLED: 'TRUE' }],
    ['where traces have no exporter', { ...endpoint, OTEL_TRACES_EXPORTER: 'none' }],
    ['where only a sampler is named', { OTEL_TRACES_SAMPLER: 'always_on' }],
  ])('%s', (_, env) => expect(tracingSettings(env)).toBeUndefined());
});

describe('tracing is on', () => {
  it.each([
    ['by an endpoint', endpoint],
    ['by one for traces', { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://collector:4318/v1/traces' }],
    ['by the exporter', { OTEL_TRACES_EXPORTER: 'otlp' }],
  ])('%s, with the defaults of the specification', (_, env) =>
    expect(tracingSettings(env)).toEqual({
      protocol: 'http/protobuf',
      sampler: 'parentbased_always_on',
      ratio: 1,
      batch: {
        scheduledDelayMillis: 5_000,
        exportTimeoutMillis: 30_000,
        maxQueueSize: 2_048,
        maxExportBatchSize: 512,
      },
      problems: [],
    }),
  );

  it('with the protocol for traces before the one for all', () => {
    const both = {
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json',
    };
    expect(tracingSettings({ ...endpoint, ...both })?.protocol).toBe('http/json');
  });

  it('with a batch no larger than the queue', () =>
    expect(tracingSettings({ ...endpoint, OTEL_BSP_MAX_QUEUE_SIZE: '100' })?.batch).toMatchObject({
      maxQueueSize: 100,
      maxExportBatchSize: 100,
    }));

  it.each([
    [{ OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, 'write http/protobuf, http/json'],
    [{ OTEL_TRACES_SAMPLER: 'jaeger_remote' }, 'write always_on'],
    [{ OTEL_TRACES_SAMPLER_ARG: '1.5' }, 'OTEL_TRACES_SAMPLER_ARG=1.5 is not a number from 0 to 1'],
    [{ OTEL_BSP_MAX_QUEUE_SIZE: '1e9' }, 'is not a number from 1 to 65536'],
    [{ OTEL_BSP_SCHEDULE_DELAY: 'soon' }, 'OTEL_BSP_SCHEDULE_DELAY=soon'],
    [{ OTEL_TRACES_EXPORTER: 'zipkin' }, 'write otlp, none'],
  ])('with the default for what cannot be used: %o', (env, problem) => {
    const settings = tracingSettings({ ...endpoint, ...env });
    expect(settings?.problems).toEqual([expect.stringContaining(problem)]);
    expect({ ...settings, problems: [] }).toEqual(tracingSettings(endpoint));
  });
});

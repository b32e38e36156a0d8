/** The `OTEL_*` variables. */
export type Env = Readonly<Record<string, string | undefined>>;

export type SamplerName = (typeof samplers)[number];

/** Where spans go and how many; `undefined`: nowhere, and no SDK is loaded. */
export interface TracingSettings {
  readonly protocol: 'http/protobuf' | 'http/json';
  readonly sampler: SamplerName;
  /** Of the samplers by ratio: 0 to 1. */
  readonly ratio: number;
  readonly batch: {
    readonly scheduledDelayMillis: number;
    readonly exportTimeoutMillis: number;
    readonly maxQueueSize: number;
    readonly maxExportBatchSize: number;
  };
  /** What was written and cannot be used, for the log; the default is taken in its place. */
  readonly problems: readonly string[];
}

const samplers = [
  'always_on',
  'always_off',
  'traceidratio',
  'parentbased_always_on',
  'parentbased_always_off',
  'parentbased_traceidratio',
] as const;
const protocols = ['http/protobuf', 'http/json'] as const;
/** Spans that wait take memory; more than this is a mistake. */
const mostSpans = 65_536;

const said = (env: Env, name: string): string | undefined => env[name]?.trim() || undefined;

/**
 * Reads the variables of OpenTelemetry's specification that say whether, where to and how much to trace (those of the exporter it
 * reads itself). Spans are exported where an OTLP endpoint is named or `OTEL_TRACES_EXPORTER` is `otlp`. As the specification wants
 * it, a value that cannot be used is as good as none.
 */
export const tracingSettings = (env: Env): TracingSettings | undefined => {
  const exporter = said(env, 'OTEL_TRACES_EXPORTER');
  const named =
    said(env, 'OTEL_EXPORTER_OTLP_TRACES_ENDPOINT') ?? said(env, 'OTEL_EXPORTER_OTLP_ENDPOINT') ?? exporter;
  if (said(env, 'OTEL_SDK_DISABLED')?.toLowerCase() === 'true') return undefined;
  if (named === undefined || exporter === 'none') return undefined;
  const problems: string[] = [];

  const oneOf = <T extends string>(name: string, values: readonly T[], byDefault: T): T => {
    const text = said(env, name);
    if (text === undefined) return byDefault;
    const found = values.find((value) => value === text);
    if (found === undefined) problems.push(`${name}=${text} is not known here: write ${values.join(', ')}`);
    return found ?? byDefault;
  };
  const numberIn = (name: string, least: number, most: number, byDefault: number): number => {
    const text = said(env, name);
    if (text === undefined) return byDefault;
    const value = Number(text);
    if (value >= least && value <= most) return value;
    problems.push(`${name}=${text} is not a number from ${least} to ${most}`);
    return byDefault;
  };

  if (exporter !== undefined) oneOf('OTEL_TRACES_EXPORTER', ['otlp', 'none'], 'otlp');
  const own = 'OTEL_EXPORTER_OTLP_TRACES_PROTOCOL';
  const protocol = said(env, own) === undefined ? 'OTEL_EXPORTER_OTLP_PROTOCOL' : own;
  const maxQueueSize = numberIn('OTEL_BSP_MAX_QUEUE_SIZE', 1, mostSpans, 2_048);
  return {
    protocol: oneOf(protocol, protocols, 'http/protobuf'),
    sampler: oneOf('OTEL_TRACES_SAMPLER', samplers, 'parentbased_always_on'),
    ratio: numberIn('OTEL_TRACES_SAMPLER_ARG', 0, 1, 1),
    batch: {
      scheduledDelayMillis: numberIn('OTEL_BSP_SCHEDULE_DELAY', 0, 600_000, 5_000),
      exportTimeoutMillis: numberIn('OTEL_BSP_EXPORT_TIMEOUT', 1, 600_000, 30_000),
      maxQueueSize,
      maxExportBatchSize: Math.min(
        maxQueueSize,
        numberIn('OTEL_BSP_MAX_EXPORT_BATCH_SIZE', 1, mostSpans, 512),
      ),
    },
    problems,
  };
};

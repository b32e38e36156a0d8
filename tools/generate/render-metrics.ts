import { createMetrics as createSidecarMetrics } from '@medlyssning/media-sidecar/metrics/metrics.ts';
import { createMetrics as createOperatorMetrics } from '@medlyssning/operator/telemetry/metrics.ts';

/** One metric as the code declares it. */
export interface DeclaredMetric {
  readonly name: string;
  readonly help: string;
  readonly type: string;
  readonly labels: readonly string[];
}

type Registry = ReturnType<typeof createSidecarMetrics>['registry'];

/** What prom-client keeps of a metric and its types do not say. */
interface Kept {
  readonly labelNames?: readonly string[];
}

const declaredIn = async (registry: Registry): Promise<readonly DeclaredMetric[]> =>
  (await registry.getMetricsAsJSON())
    .filter(({ name }) => name.startsWith('medlyssning_'))
    .map(({ name, help, type }) => {
      const kept = registry.getSingleMetric(name) as Kept | undefined;
      return { name, help, type: String(type), labels: kept?.labelNames ?? [] };
    });

/** All metrics of both processes. */
export const declaredMetrics = async (): Promise<{
  readonly sidecar: readonly DeclaredMetric[];
  readonly operator: readonly DeclaredMetric[];
}> => ({
  sidecar: await declaredIn(createSidecarMetrics().registry),
  operator: await declaredIn(createOperatorMetrics().registry),
});

const table = (metrics: readonly DeclaredMetric[]): string =>
  [
    '| Metric | Kind | Labels | Tells |',
    '|---|---|---|---|',
    ...metrics.map(
      ({ name, help, type, labels }) =>
        `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${help} |`,
    ),
  ].join('\n');

/** docs/metrics.md: every metric there is, from the code that makes it. */
export const renderMetrics = async (): Promise<string> => {
  const { sidecar, operator } = await declaredMetrics();
  return `# Metrics

Written by \`npm run generate\` from [the sidecar's](../media-sidecar/metrics/metrics.ts) and [the operator's](../operator/telemetry/metrics.ts)
declarations. Names, units and labels are stable: a change of one is in the [changelog](../CHANGELOG.md). Units are seconds, or pieces. Labels
are codes of ours, never a name, a number, a company or a call-id, so the number of series does not grow with the people. Beside these are
the \`process_*\` and \`nodejs_*\` metrics of [prom-client](https://github.com/siimon/prom-client#default-metrics).

\`/metrics\` answers in OpenMetrics, which has room for exemplars: a bucket of \`medlyssning_listen_setup_seconds\` names a trace that fell into
it ([tracing](tracing.md)); Prometheus keeps them with \`--enable-feature=exemplar-storage\`. Alerts on these metrics, and what to do then, are
in [operate](operate.md); [dashboards](dashboards.md) show them.

## Media sidecar

On \`telemetry.metrics\` of its configuration, beside \`/healthz\`, \`/readyz\` and \`/healthz/listening-engine\`, the
[liveness of the listening engine](adr/0034-the-sidecar-answers-for-the-listening-engine.md).

${table(sidecar)}

## Operator

On \`--metrics\`, beside \`/healthz\` and \`/readyz\`. Only the one that leads writes; the others show what they know.

${table(operator)}
`;
};

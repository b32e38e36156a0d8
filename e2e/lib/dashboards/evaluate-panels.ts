import type { Dashboard, Panel } from '@medlyssning/tools/monitoring/read-monitoring.ts';
import type { Prometheus } from '@medlyssning/tools/real/prometheus.ts';

/** A line of a panel: its legend and its values over time, `null` where there is none. */
export interface Line {
  readonly legend: string;
  readonly values: readonly (number | null)[];
}

export interface EvaluatedPanel {
  readonly panel: Panel;
  /** Seconds since the epoch. */
  readonly times: readonly number[];
  readonly lines: readonly Line[];
}

interface Matrix {
  readonly result: readonly {
    readonly metric: Readonly<Record<string, string>>;
    readonly values: readonly (readonly [number, string])[];
  }[];
}

/** What Grafana puts in for its variables, at a scrape a second and for all instances. */
const filledIn = (expr: string): string =>
  expr.replaceAll('$__rate_interval', '10s').replaceAll('"$instance"', '".*"');

const legendOf = (format: string, metric: Readonly<Record<string, string>>): string =>
  format.replace(/{{\s*(\w+)\s*}}/g, (_, label: string) => metric[label] ?? '');

/** Asks a Prometheus for all panels of a dashboard, over these seconds. */
export const evaluatePanels = (
  { panels }: Dashboard,
  prometheus: Prometheus,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<readonly EvaluatedPanel[]> =>
  Promise.all(
    panels.map(async (panel) => {
      const times = Array.from({ length: to - from + 1 }, (_, n) => from + n);
      const lines = await Promise.all(
        panel.targets.map(async ({ expr, legendFormat }) => {
          const query = { query: filledIn(expr), start: String(from), end: String(to), step: '1' };
          const { result } = (await prometheus.ask('query_range', query)) as Matrix;
          return result.map(({ metric, values }): Line => {
            const at = new Map(values.map(([time, value]) => [time, Number(value)]));
            return {
              legend: legendOf(legendFormat, metric),
              values: times.map((time) => at.get(time) ?? null),
            };
          });
        }),
      );
      return { panel, times, lines: lines.flat() };
    }),
  );

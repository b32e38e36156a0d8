import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export interface Alert {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: { readonly severity: string };
  readonly annotations: {
    readonly summary: string;
    readonly description: string;
    readonly runbook_url: string;
  };
}

export interface Panel {
  readonly type: string;
  readonly title: string;
  readonly description: string;
  readonly gridPos: { readonly x: number; readonly y: number; readonly w: number; readonly h: number };
  readonly fieldConfig: { readonly defaults: { readonly unit: string } };
  readonly targets: readonly { readonly expr: string; readonly legendFormat: string }[];
}

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly Panel[];
}

const files = join(import.meta.dirname, '../../charts/medlyssning/files');
export const alertFiles: readonly string[] = readdirSync(join(files, 'alerts'))
  .sort()
  .map((name) => join(files, 'alerts', name));

/** All alerts of the chart. */
export const readAlerts = (): readonly Alert[] =>
  alertFiles.flatMap((file) =>
    parse(readFileSync(file, 'utf8')).groups.flatMap(
      (group: { readonly rules: readonly Alert[] }) => group.rules,
    ),
  );

/** All dashboards of the chart. */
export const readDashboards = (): readonly Dashboard[] =>
  readdirSync(join(files, 'dashboards'))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(files, 'dashboards', name), 'utf8')));

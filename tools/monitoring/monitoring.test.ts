import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { admissionReasons, endReasons } from '@medlyssning/policy';
import { beforeAll, describe, expect, it } from 'vitest';
import { declaredMetrics } from '../generate/render-metrics.ts';
import { readAlerts, readDashboards } from './read-monitoring.ts';

const root = join(import.meta.dirname, '../..');
const operate = readFileSync(join(root, 'docs/operate.md'), 'utf8');
const expressions = [
  ...readAlerts().map(({ alert, expr }) => [alert, expr] as const),
  ...readDashboards().flatMap(({ uid, panels }) =>
    panels.flatMap(({ title, targets }) => targets.map(({ expr }) => [`${uid}: ${title}`, expr] as const)),
  ),
];

/** Name of a series → its labels. */
const series = new Map<string, readonly string[]>();
beforeAll(async () => {
  const { sidecar, operator } = await declaredMetrics();
  for (const { name, type, labels } of [...sidecar, ...operator]) {
    const names = type === 'histogram' ? ['_bucket', '_sum', '_count'].map((end) => name + end) : [name];
    for (const each of names) series.set(each, [...labels, ...(each.endsWith('_bucket') ? ['le'] : [])]);
  }
});

describe('what dashboards and alerts ask for', () => {
  it.each(expressions)('%s is of metrics and labels that there are', (_, expr) => {
    const used = expr.match(/(?:medlyssning|process)_[a-z_]+/g) ?? [];
    expect(used.length).toBeGreaterThan(0);
    const labels = new Set(['instance', ...used.flatMap((name) => series.get(name) ?? [])]);
    for (const name of used) if (name.startsWith('medlyssning_')) expect([...series.keys()]).toContain(name);
    const grouped = [...expr.matchAll(/(?:by|on) \(([^)]*)\)/g)].flatMap(([, list = '']) =>
      list.split(/, ?/),
    );
    const matched = [...expr.matchAll(/([a-z]+)(?:=~|!=|!~|=)"/g)].map(([, label = '']) => label);
    for (const label of [...grouped, ...matched]) expect([...labels]).toContain(label);
  });

  it('leaves no metric out of the dashboards but those that say where one is', () => {
    const shown = readDashboards().flatMap(({ panels }) => panels.flatMap((panel) => panel.targets));
    const text = shown.map(({ expr }) => expr).join('\n');
    const hidden = [...series.keys()]
      .map((name) => name.replace(/_(bucket|sum|count)$/, ''))
      .filter((name) => !text.includes(name));
    expect([...new Set(hidden)].sort()).toEqual([
      'medlyssning_audit_rows',
      'medlyssning_audit_rows_missing',
      'medlyssning_policy_resource_version',
    ]);
  });
});

describe('the runbook', () => {
  it.each(readAlerts().map((alert) => [alert.alert, alert] as const))(
    'has %s',
    (name, { annotations, labels }) => {
      expect(operate).toContain(`\n### ${name}\n`);
      expect(annotations.runbook_url).toMatch(new RegExp(`/docs/operate\\.md#${name.toLowerCase()}$`));
      expect(annotations.summary.length * annotations.description.length).toBeGreaterThan(0);
      expect(['critical', 'warning']).toContain(labels.severity);
    },
  );

  it('has no alert that there is not', () => {
    const told = [...operate.matchAll(/^### (Medlyssning\w+)$/gm)].map(([, name]) => name);
    expect(told.sort()).toEqual(
      readAlerts()
        .map(({ alert }) => alert)
        .sort(),
    );
  });

  const section = (title: string): string => operate.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

  it.each([...admissionReasons])('has the refusal %s', (reason) =>
    expect(section('Reasons of refusals')).toContain(`\n| \`${reason}\` | `),
  );
  it.each([...endReasons])('has the end %s', (reason) =>
    expect(section('Reasons of ends')).toContain(`\n| \`${reason}\` | `),
  );

  /** Where conditions are made. In a template `${kind}` stands for what the table spells out. */
  const makers = [
    'packages/policy/src/compile',
    'operator/status',
    'operator/install',
    'media-sidecar/node-report',
  ];
  const code = makers
    .flatMap((folder) =>
      readdirSync(join(root, folder))
        .filter((name) => name.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(name))
        .map((name) => readFileSync(join(root, folder, name), 'utf8')),
    )
    .join('\n');
  const pascal = "'([A-Z][a-z]+(?:[A-Z][a-z]+)+|Installed|Compiled|Paused|Unreadable|Expired|Applied|Ready)'";
  const made = new Set([
    ...[...code.matchAll(new RegExp(`reason: ${pascal}`, 'g'))].map(([, reason = '']) => reason),
    ...[...code.matchAll(new RegExp(`\\bno\\(${pascal}`, 'g'))].map(([, reason = '']) => reason),
    ...[...code.matchAll(new RegExp(`\\[?${pascal}, (?:[^\\]\\n]*\\? )?${pascal}`, 'g'))].flatMap((m) =>
      m.slice(1),
    ),
    ...[...code.matchAll(/^ {2}\w+: '(\w+Taken)'/gm)].map(([, reason = '']) => reason),
    ...['LicenseGranted', 'LicenseMissing', 'RightGranted', 'RightMissing'],
    ...['AdmissionMissing', 'AdmissionOutdated', 'AdmissionNotEnforced'],
  ]);

  it('finds the reasons of conditions where they are made', () => expect(made.size).toBeGreaterThan(30));
  it.each([...made].filter((name) => !notReasons.has(name)))('has the condition %s', (reason) =>
    expect(section('Conditions')).toContain(`\`${reason}\``),
  );
});

/** Types of conditions, and kinds, that stand beside reasons in the code. */
const notReasons = new Set(['PolicyApplied', 'ForkPolicy', 'MediaNode', 'MayListen', 'NotEnforced']);

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { expectedPolicies, findFlaws, type Installed } from './find-flaws.ts';
import { guardedFinding } from './guarded-finding.ts';

const root = join(import.meta.dirname, '../..');
const objectsIn = (folder: string) =>
  readdirSync(join(root, folder))
    .filter((file) => file.endsWith('.yaml'))
    .flatMap((file) => parseAllDocuments(readFileSync(join(root, folder, file), 'utf8')))
    .map((document) => document.toJS());
const admission = objectsIn('charts/medlyssning/files/admission');
/** What the chart installs: these very files. */
const chart: Installed = {
  definitions: objectsIn('crds'),
  policies: admission.filter(({ kind }) => kind === 'ValidatingAdmissionPolicy'),
  bindings: admission.filter(({ kind }) => kind === 'ValidatingAdmissionPolicyBinding'),
};
const flaws = (changes: Partial<Installed>) =>
  findFlaws({ ...chart, ...changes }).map(({ name, reason }) => `${name} ${reason}`);

describe('what is installed', () => {
  it('has no flaw where the chart installed it', () => {
    expect(flaws({})).toEqual([]);
  });

  it('is every policy of the chart', () => {
    expect(chart.policies.map(({ metadata }) => metadata.name).toSorted()).toEqual([...expectedPolicies]);
  });

  it('lacks a CRD, one of its fields, or its version', () => {
    const [first, ...others] = chart.definitions;
    const text = JSON.stringify(first);
    const kind = first?.spec.names.kind;
    expect(flaws({ definitions: others })).toEqual([`${kind} Missing`]);
    const older = JSON.parse(text.replace('"maxListenersPerCall":', '"maxListeners":'));
    expect(findFlaws({ ...chart, definitions: [older, ...others] })).toMatchObject([
      {
        name: 'Company',
        reason: 'Outdated',
        message: expect.stringContaining('spec.listening.maxListenersPerCall'),
      },
    ]);
    const other = JSON.parse(text.replace('"name":"v1alpha1"', '"name":"v1alpha0"'));
    expect(flaws({ definitions: [other, ...others] })).toEqual([`${kind} Missing`]);
  });

  it('lacks a policy, is of an older release, or denies nothing', () => {
    const [first, ...others] = chart.policies;
    if (first === undefined) throw new Error('The chart has policies.');
    const { name } = first.metadata;
    expect(flaws({ policies: others })).toEqual([`${name} Missing`]);
    const unlabelled = { ...first, metadata: { ...first.metadata, labels: {} } };
    expect(flaws({ policies: [unlabelled, ...others] })).toEqual([`${name} Outdated`]);
    const lax = { ...first, spec: { ...first.spec, failurePolicy: 'Ignore' } };
    expect(flaws({ policies: [lax, ...others] })).toEqual([`${name} NotEnforced`]);
    const audited = chart.bindings.map((binding) => ({
      ...binding,
      spec: { ...binding.spec, validationActions: ['Audit'] },
    }));
    expect(flaws({ bindings: audited })).toHaveLength(expectedPolicies.length);
  });
});

describe('Guarded', () => {
  it('is unknown until somebody looked, and true where nothing of admission is wrong', () => {
    expect(guardedFinding(undefined)).toMatchObject({ holds: 'unknown', reason: 'NotSeen' });
    expect(guardedFinding(findFlaws({ ...chart, definitions: [] }))).toMatchObject({ holds: true });
  });

  it('is false, with the first flaw, where rights are not guarded', () => {
    const finding = guardedFinding(findFlaws({ ...chart, policies: [] }));
    expect(finding).toMatchObject({ holds: false, reason: 'AdmissionMissing' });
    expect(finding.message).toContain('medlyssning-companies');
  });
});

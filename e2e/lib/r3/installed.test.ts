import { join } from 'node:path';
import { type Manifest, readManifests } from '@medlyssning/tools/control-plane/yaml-files.ts';
import { describe, expect, test } from 'vitest';

// What the chart installs for R3, read as files: there is no way round it, and each verb is with whom it belongs.

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

interface Installed extends Manifest {
  readonly metadata: Manifest['metadata'] & { readonly labels?: Readonly<Record<string, string>> };
  readonly rules?: readonly Rule[];
  readonly spec?: Readonly<Record<string, unknown>>;
}

const folder = join(import.meta.dirname, '..', '..', '..', 'charts', 'medlyssning', 'files');
const installed = readManifests([join(folder, 'admission'), join(folder, 'roles')]) as readonly Installed[];
const ofKind = (kind: string) => installed.filter((manifest) => manifest.kind === kind);
const policies = ofKind('ValidatingAdmissionPolicy');
const roles = [...ofKind('ClusterRole'), ...ofKind('Role')];

test('each object says that it is ours, and of which version', () => {
  for (const { metadata } of installed)
    expect(metadata.labels).toMatchObject({
      'app.kubernetes.io/part-of': 'medlyssning',
      'medlyssning.dev/version': '1',
    });
});

describe('admission', () => {
  test.each(policies)('$metadata.name has no exceptions', ({ metadata, spec }) => {
    expect(spec).toMatchObject({ failurePolicy: 'Fail', matchConstraints: { matchPolicy: 'Equivalent' } });
    const { matchConstraints, matchConditions, paramKind } = spec as { [key: string]: object };
    expect(Object.keys(matchConstraints ?? {}).toSorted()).toEqual(['matchPolicy', 'resourceRules']);
    // A condition tells which parameters speak of the user, and nothing else.
    expect(matchConditions === undefined).toBe(paramKind === undefined);
    const bindings = ofKind('ValidatingAdmissionPolicyBinding').filter(
      (binding) => binding.spec?.['policyName'] === metadata.name,
    );
    expect(bindings).toHaveLength(1);
    expect(bindings[0]?.spec).toMatchObject({ validationActions: ['Deny'] });
    expect(bindings[0]?.spec).not.toHaveProperty('matchResources');
  });

  test('of parameters, all of the namespace are asked', () => {
    const withParameters = policies.filter(({ spec }) => spec?.['paramKind'] !== undefined);
    expect(withParameters).toHaveLength(2);
    for (const { metadata } of withParameters) {
      const binding = ofKind('ValidatingAdmissionPolicyBinding').find(
        (b) => b.metadata.name === metadata.name,
      );
      expect(binding?.spec?.['paramRef']).toEqual({ selector: {}, parameterNotFoundAction: 'Allow' });
    }
  });
});

test('both policies that guard holders mean the same by who a person is', () => {
  const [granted, inForce] = ['granted', 'in-force'].map(
    (name) => policies.find(({ metadata }) => metadata.name === `medlyssning-holders-${name}`)?.spec,
  );
  expect(granted?.['variables']).toBeDefined();
  expect(inForce?.['variables']).toEqual(granted?.['variables']);
});

describe('roles', () => {
  test.each([
    ['grant', ['medlyssning-company-administrator']],
    ['assign', ['medlyssning-platform-administrator']],
    ['compile', ['medlyssning-operator']],
    ['switch', ['medlyssning-pbx', 'medlyssning-sidecar']],
    ['report', ['medlyssning-platform-administrator']],
    ['bind', ['medlyssning-platform-administrator']],
    ['escalate', []],
    ['impersonate', []],
    ['*', []],
  ])('%s is with %j', (verb, names) => {
    const holders = roles.filter(({ rules = [] }) => rules.some(({ verbs }) => verbs.includes(verb)));
    expect(holders.map(({ metadata }) => metadata.name).toSorted()).toEqual(names);
  });

  test('no rule speaks of everything', () => {
    for (const { resources, apiGroups } of roles.flatMap(({ rules = [] }) => rules))
      expect([...resources, ...apiGroups]).not.toContain('*');
  });

  test('only reading is aggregated to view, and grant to nothing', () => {
    const aggregated = roles.flatMap(({ metadata }) =>
      Object.keys(metadata.labels ?? {})
        .filter((label) => label.startsWith('rbac.authorization.k8s.io/aggregate-to-'))
        .map((label) => `${metadata.name} ${label.slice(label.lastIndexOf('-') + 1)}`),
    );
    expect(aggregated.toSorted()).toEqual(['medlyssning-sub-administrator edit', 'medlyssning-viewer view']);
  });
});

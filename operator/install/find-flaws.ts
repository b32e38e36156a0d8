import { type Kind, type StructuralSchema, schemas } from '@medlyssning/policy';
import type { KubeObject } from 'kube-runtime';

export interface CustomResourceDefinition extends KubeObject {
  readonly spec: {
    readonly group: string;
    readonly names: { readonly kind: string };
    readonly versions: readonly {
      readonly name: string;
      readonly served: boolean;
      readonly schema?: { readonly openAPIV3Schema?: SchemaNode };
    }[];
  };
}

export interface AdmissionPolicy extends KubeObject {
  readonly spec?: { readonly failurePolicy?: string };
}

export interface AdmissionPolicyBinding extends KubeObject {
  readonly spec?: { readonly policyName?: string; readonly validationActions?: readonly string[] };
}

/** As far as it is looked at. */
interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly items?: SchemaNode;
}

/** What is there of what the chart installs. */
export interface Installed {
  readonly definitions: readonly CustomResourceDefinition[];
  readonly policies: readonly AdmissionPolicy[];
  readonly bindings: readonly AdmissionPolicyBinding[];
}

/** Something that is missing, too old, or there without effect. */
export interface Flaw {
  readonly part: 'definition' | 'admission';
  readonly name: string;
  readonly reason: 'Missing' | 'Outdated' | 'NotEnforced';
  /** A sentence. */
  readonly message: string;
}

/** The `medlyssning.dev/version` that admission policies have to bear at least. */
const policyVersion = 1;
const versionLabel = 'medlyssning.dev/version';

/** Admission policies that guard who may listen (R3) and who says what is in force. */
export const expectedPolicies = [
  'medlyssning-companies',
  'medlyssning-holders-granted',
  'medlyssning-holders-in-force',
  'medlyssning-media-nodes',
  'medlyssning-operator-only',
  'medlyssning-rights',
  'medlyssning-user-status',
] as const;

export const expectedKinds = Object.keys(schemas) as readonly Kind[];

/** Compares what is installed with what this operator needs. More, and newer, is no flaw. */
export const findFlaws = ({ definitions, policies, bindings }: Installed): readonly Flaw[] => [
  ...expectedKinds.flatMap((kind) => definitionFlaw(kind, definitions) ?? []),
  ...expectedPolicies.flatMap((name) => policyFlaw(name, policies, bindings) ?? []),
];

const definitionFlaw = (kind: Kind, definitions: readonly CustomResourceDefinition[]): Flaw | undefined => {
  const flaw = (reason: Flaw['reason'], message: string): Flaw => ({
    part: 'definition',
    name: kind,
    reason,
    message,
  });
  const definition = definitions.find(
    ({ spec }) => spec.group === 'medlyssning.dev' && spec.names.kind === kind,
  );
  const version = definition?.spec.versions.find(({ name, served }) => name === 'v1alpha1' && served);
  if (version === undefined)
    return flaw(
      'Missing',
      `There is no CRD for ${kind} (medlyssning.dev/v1alpha1); install the chart's CRDs.`,
    );
  const missing = missingField(schemas[kind], version.schema?.openAPIV3Schema ?? {}, '');
  return missing === undefined
    ? undefined
    : flaw(
        'Outdated',
        `The CRD for ${kind} has no field ${missing}, so it is of an older release; apply the chart's CRDs.`,
      );
};

/** The first field of ours that the served schema lacks: the API server would drop what is written there. */
const missingField = (wanted: StructuralSchema, served: SchemaNode, path: string): string | undefined => {
  for (const [name, field] of Object.entries(wanted.properties ?? {})) {
    if (path === '' && name !== 'spec' && name !== 'status') continue;
    const below = served.properties?.[name];
    const missing = below === undefined ? `${path}${name}` : missingField(field, below, `${path}${name}.`);
    if (missing !== undefined) return missing;
  }
  return wanted.items === undefined ? undefined : missingField(wanted.items, served.items ?? {}, path);
};

const policyFlaw = (
  name: string,
  policies: readonly AdmissionPolicy[],
  bindings: readonly AdmissionPolicyBinding[],
): Flaw | undefined => {
  const flaw = (reason: Flaw['reason'], message: string): Flaw => ({
    part: 'admission',
    name,
    reason,
    message: `${message} Apply the chart's admission policies.`,
  });
  const policy = policies.find(({ metadata }) => metadata.name === name);
  if (policy === undefined) return flaw('Missing', `There is no ValidatingAdmissionPolicy ${name}.`);
  const version = Number(policy.metadata.labels?.[versionLabel] ?? 0);
  if (!(version >= policyVersion))
    return flaw('Outdated', `ValidatingAdmissionPolicy ${name} is of an older release.`);
  const denies = bindings.some(
    ({ spec }) => spec?.policyName === name && spec.validationActions?.includes('Deny') === true,
  );
  return denies && policy.spec?.failurePolicy !== 'Ignore'
    ? undefined
    : flaw(
        'NotEnforced',
        `ValidatingAdmissionPolicy ${name} denies nothing: no binding does, or faults pass.`,
      );
};

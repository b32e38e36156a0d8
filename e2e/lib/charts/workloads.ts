import type { Manifest } from '@medlyssning/tools/control-plane/yaml-files.ts';

type Json = Readonly<Record<string, unknown>>;

export interface PodTemplate {
  readonly metadata: { readonly labels: Json; readonly annotations?: Readonly<Record<string, string>> };
  readonly spec: {
    readonly containers: readonly Container[];
    readonly initContainers?: readonly Container[];
    readonly automountServiceAccountToken?: boolean;
    readonly terminationGracePeriodSeconds?: number;
    readonly volumes?: readonly Json[];
  } & Json;
}

export interface Container {
  readonly name: string;
  readonly image: string;
  readonly args?: readonly string[];
  readonly command?: readonly string[];
  readonly restartPolicy?: string;
  readonly livenessProbe?: Json;
  readonly volumeMounts?: readonly { readonly name: string; readonly mountPath: string }[];
  readonly resources?: Json;
  readonly securityContext?: Json;
}

/** Kind and name of each object. */
export const namesOf = (objects: readonly Manifest[]): readonly string[] =>
  objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`);

/** The object of this kind and name. */
export function objectIn(objects: readonly Manifest[], kind: string, name: string): Manifest & Json {
  const found = objects.find((object) => object.kind === kind && object.metadata.name === name);
  if (found === undefined)
    throw new Error(`There is no ${kind} ${name} among ${namesOf(objects).join(', ')}.`);
  return found as Manifest & Json;
}

/** The template of the pods of a workload. */
export function podTemplateIn(objects: readonly Manifest[], kind: string, name: string): PodTemplate {
  const { spec } = objectIn(objects, kind, name) as unknown as {
    readonly spec: { readonly template: PodTemplate };
  };
  return spec.template;
}

/** The configuration file of the sidecar, as text. */
export function sidecarYamlIn(objects: readonly Manifest[]): string {
  const { data } = objectIn(objects, 'ConfigMap', 'medlyssning-media') as unknown as {
    readonly data: Readonly<Record<string, string>>;
  };
  return data['sidecar.yaml'] ?? '';
}

import { ApiError, type Clock, defineResource, type KubeApi, pause } from 'kube-runtime';
import * as resources from '../watch/resources.ts';
import {
  type AdmissionPolicy,
  type AdmissionPolicyBinding,
  type CustomResourceDefinition,
  type Flaw,
  findFlaws,
  type Installed,
} from './find-flaws.ts';

const admission = { group: 'admissionregistration.k8s.io', version: 'v1', namespaced: false } as const;
const definitions = defineResource<CustomResourceDefinition>({
  group: 'apiextensions.k8s.io',
  version: 'v1',
  kind: 'CustomResourceDefinition',
  plural: 'customresourcedefinitions',
  namespaced: false,
});
const policies = defineResource<AdmissionPolicy>({
  ...admission,
  kind: 'ValidatingAdmissionPolicy',
  plural: 'validatingadmissionpolicies',
});
const bindings = defineResource<AdmissionPolicyBinding>({
  ...admission,
  kind: 'ValidatingAdmissionPolicyBinding',
  plural: 'validatingadmissionpolicybindings',
});

const kinds = Object.values(resources);
/** Between two looks, ms: while something is missing, and when all is there. */
const pauses = { flawed: 5_000, whole: 60_000 };

export interface InstalledParts {
  readonly api: KubeApi;
  readonly clock: Clock;
  /** Told when what was found differs from the last time. */
  readonly onFlaws: (flaws: readonly Flaw[]) => void;
  readonly onProblem: (error: unknown) => void;
}

/** Looks again and again whether what the chart installs is there, until `signal` aborts. Resolves then. */
export const watchInstalled = async (parts: InstalledParts, signal: AbortSignal): Promise<void> => {
  const { api, clock } = parts;
  let last: string | undefined;
  while (!signal.aborted) {
    let waitMs = pauses.flawed;
    try {
      const flaws = findFlaws(await look(api, signal));
      const text = JSON.stringify(flaws);
      if (text !== last) parts.onFlaws(flaws);
      last = text;
      if (flaws.length === 0) waitMs = pauses.whole;
    } catch (error) {
      if (!signal.aborted) parts.onProblem(error);
    }
    await pause(clock, waitMs, signal);
  }
};

const look = async (api: KubeApi, signal: AbortSignal): Promise<Installed> => {
  // One by one: a cluster may have hundreds of other CRDs, of megabytes.
  const found = kinds.map(({ plural, group }) =>
    api.get(definitions, { name: `${plural}.${group}` }, { signal }).catch(unlessMissing),
  );
  const [crds, vaps, vapbs] = await Promise.all([
    Promise.all(found),
    api.list(policies, {}, { signal }),
    api.list(bindings, {}, { signal }),
  ]);
  return { definitions: crds.flatMap((crd) => crd ?? []), policies: vaps.items, bindings: vapbs.items };
};

const unlessMissing = (error: unknown): undefined => {
  if (error instanceof ApiError && error.status === 404) return undefined;
  throw error;
};

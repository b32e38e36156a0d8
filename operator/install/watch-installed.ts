import { type Clock, defineResource, type KubeApi, pause } from 'kube-runtime';
import {
  type AdmissionPolicy,
  type AdmissionPolicyBinding,
  type CustomResourceDefinition,
  type Flaw,
  findFlaws,
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

export interface InstalledParts {
  readonly api: KubeApi;
  readonly clock: Clock;
  /** Between two looks, ms. */
  readonly everyMs: number;
  /** Told when what was found differs from the last time. */
  readonly onFlaws: (flaws: readonly Flaw[]) => void;
  readonly onProblem: (error: unknown) => void;
}

/** Looks again and again whether what the chart installs is there, until `signal` aborts. Resolves then. */
export const watchInstalled = async (parts: InstalledParts, signal: AbortSignal): Promise<void> => {
  const { api, clock } = parts;
  let last: string | undefined;
  while (!signal.aborted) {
    try {
      const [crds, vaps, vapbs] = await Promise.all([
        api.list(definitions, {}, { signal }),
        api.list(policies, {}, { signal }),
        api.list(bindings, {}, { signal }),
      ]);
      const flaws = findFlaws({ definitions: crds.items, policies: vaps.items, bindings: vapbs.items });
      const text = JSON.stringify(flaws);
      if (text !== last) parts.onFlaws(flaws);
      last = text;
    } catch (error) {
      if (!signal.aborted) parts.onProblem(error);
    }
    await pause(clock, parts.everyMs, signal);
  }
};

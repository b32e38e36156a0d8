import { CoreV1Api, CustomObjectsApi, type KubeConfig } from '@kubernetes/client-node';
import type { KubeObject } from '../api/kube-object.ts';
import { defineResource, type ResourceType } from '../api/resource-type.ts';
import { backoffDelay } from '../backoff-delay.ts';
import { systemClock } from '../clock.ts';
import { pause } from '../pause.ts';

/** A resource as programs name it. */
export interface ResourceName {
  /** Empty for the core group. */
  readonly group: string;
  readonly version: string;
  readonly plural: string;
}

const backoff = { firstMs: 200, maxMs: 30_000 };

/** Asks until the API server serves the resource; resolves with `undefined` when `signal` aborts before. */
export async function awaitResource(
  kubeConfig: KubeConfig,
  name: ResourceName,
  signal: AbortSignal,
  onProblem: (error: unknown) => void,
): Promise<ResourceType<KubeObject> | undefined> {
  for (let failures = 1; !signal.aborted; failures++) {
    try {
      return await discoverResource(kubeConfig, name);
    } catch (error) {
      onProblem(error);
      await pause(systemClock, backoffDelay(failures, backoff, Math.random), signal);
    }
  }
  return undefined;
}

/** What a plural name stands for. Rejects when no such resource is served. */
async function discoverResource(
  kubeConfig: KubeConfig,
  { group, version, plural }: ResourceName,
): Promise<ResourceType<KubeObject>> {
  const { resources } =
    group === ''
      ? await kubeConfig.makeApiClient(CoreV1Api).getAPIResources()
      : await kubeConfig.makeApiClient(CustomObjectsApi).getAPIResources({ group, version });
  const resource = resources.find(({ name }) => name === plural);
  if (!resource) throw new Error(`The API server serves no ${plural} of ${group}/${version}.`);
  const { kind, namespaced } = resource;
  return defineResource({ group, version, kind, plural, namespaced });
}

import { readFile } from 'node:fs/promises';
import {
  ApiException,
  ApiextensionsV1Api,
  type KubeConfig,
  loadYaml,
  type V1CustomResourceDefinition,
} from '@kubernetes/client-node';

/** Creates the definition in a YAML file unless there is one of its name. Resolves with the one in the file, and whether it was created. */
export async function defineCrd(
  kubeConfig: KubeConfig,
  file: string,
): Promise<{ readonly crd: V1CustomResourceDefinition; readonly created: boolean }> {
  const crd = loadYaml<V1CustomResourceDefinition>(await readFile(file, 'utf8'));
  if (!crd?.apiVersion?.startsWith('apiextensions.k8s.io/'))
    throw new Error(`${file} holds no custom resource definition of apiextensions.k8s.io.`);
  try {
    await kubeConfig.makeApiClient(ApiextensionsV1Api).createCustomResourceDefinition({ body: crd });
    return { crd, created: true };
  } catch (error) {
    if (error instanceof ApiException && error.code === 409) return { crd, created: false };
    throw error;
  }
}

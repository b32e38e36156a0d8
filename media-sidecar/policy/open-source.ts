import { createKubeApi, type KubeApi, type ReviewApi } from 'kube-runtime';
import type { Logger } from 'pino';
import type { Config } from '../config/config.ts';
import { loadKubeConfig } from '../kubernetes/load-kube-config.ts';
import { openDirectorySource } from './directory-source.ts';
import { type KubernetesSource, openKubernetesSource } from './kubernetes-source.ts';
import type { PolicySource } from './policy-source.ts';
import type { PolicyStore } from './policy-store.ts';

/** The cluster that the policy comes from. */
export interface Cluster {
  readonly api: KubeApi & ReviewApi;
  readonly source: KubernetesSource;
  readonly pool: string;
  /** Where the MediaNode of this node is. */
  readonly namespace: string;
}

export type OpenSource = PolicySource & { readonly cluster: Cluster | undefined };

/** Opens the source of policy that is configured. A directory has been read then; a cluster may still have to answer. */
export const openSource = async (
  policy: Config['policy'],
  store: PolicyStore,
  log: Logger,
  now: () => number,
): Promise<OpenSource> => {
  if ('directory' in policy) {
    const source = await openDirectorySource(policy.directory, store, log);
    return { applied: Promise.resolve(), close: async () => source.close(), cluster: undefined };
  }
  const { pool, namespace, kubeconfig } = policy.kubernetes;
  const api = createKubeApi(loadKubeConfig(kubeconfig), { userAgent: 'medlyssning-sidecar' });
  const source = openKubernetesSource({ api, pool, store, log, now });
  return {
    applied: source.applied,
    async close() {
      await source.close();
      await api.close();
    },
    cluster: { api, source, pool, namespace },
  };
};

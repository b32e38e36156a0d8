import { loadKubeConfig } from '@medlyssning/media-sidecar/kubernetes/load-kube-config.ts';
import { openKubernetesSource } from '@medlyssning/media-sidecar/policy/kubernetes-source.ts';
import { PolicyStore } from '@medlyssning/media-sidecar/policy/policy-store.ts';
import type { PolicyIndex } from '@medlyssning/policy';
import type { ControlPlane } from '@medlyssning/tools/control-plane/control-plane.ts';
import { createKubeApi } from 'kube-runtime';
import { pino } from 'pino';

/** The sidecar's own source of policy, without the rest of a sidecar. */
export interface Follower extends AsyncDisposable {
  readonly index: PolicyIndex;
  /** When what is in force first made this true; at once where it is true now. On the clock of `performance.now()`. */
  when(holds: (index: PolicyIndex) => boolean): Promise<number>;
}

/** Follows the policies of the default pool under the sidecar's ServiceAccount. */
export async function openFollower(cluster: ControlPlane): Promise<Follower> {
  const serviceAccount = { namespace: 'medlyssning-system', name: 'medlyssning-sidecar' };
  const api = createKubeApi(loadKubeConfig(await cluster.kubeconfigFor({ serviceAccount })));
  const store = new PolicyStore(Date.now);
  const waiting = new Set<{
    readonly holds: (index: PolicyIndex) => boolean;
    readonly done: (at: number) => void;
  }>();
  store.subscribe(() => {
    const at = performance.now();
    for (const one of waiting) {
      if (!one.holds(store.index)) continue;
      waiting.delete(one);
      one.done(at);
    }
  });
  const log = pino({ level: 'silent' });
  const source = openKubernetesSource({ api, pool: 'default', store, log, now: Date.now });
  await source.applied;
  return {
    index: store.index,
    when(holds) {
      if (holds(store.index)) return Promise.resolve(performance.now());
      return new Promise((done) => waiting.add({ holds, done }));
    },
    async [Symbol.asyncDispose]() {
      await source.close();
      await api.close();
    },
  };
}

import { type KubeApi, type KubeObject, Reflector, Store, systemClock } from 'kube-runtime';
import type { Logger } from 'pino';
import { forkPolicies } from '../kubernetes/resource-types.ts';
import type { PolicySource } from './policy-source.ts';
import type { PolicyStore } from './policy-store.ts';
import { proveCurrent } from './prove-current.ts';
import { type Malformed, WatchedPolicies } from './watched-policies.ts';

export interface KubernetesSourceParts {
  readonly api: Pick<KubeApi, 'list' | 'watch'>;
  /** Only policies of companies in this pool are followed. */
  readonly pool: string;
  readonly store: PolicyStore;
  readonly log: Logger;
  /** ms since the epoch. */
  readonly now: () => number;
}

export interface KubernetesSource extends PolicySource {
  /** How far the API server's changes are in force; `undefined` before the first list. */
  readonly resourceVersion: string | undefined;
  readonly malformed: Malformed;
  readonly counters: Reflector<KubeObject>['counters'];
}

/**
 * Follows the ForkPolicies of a pool in all namespaces. What the API server says is applied as it arrives; while it says
 * nothing, all that was applied stays, and grows old.
 */
export const openKubernetesSource = ({
  api,
  pool,
  store,
  log,
  now,
}: KubernetesSourceParts): KubernetesSource => {
  const policies = new WatchedPolicies(store, log);
  const seen = new Store<KubeObject>({
    onSubscriberError: (error) => log.error({ err: error }, 'a ForkPolicy could not be applied'),
  });
  seen.subscribe(policies.take);
  const fieldSelector = `spec.company.mediaPool=${pool}`;
  const reflector = new Reflector({
    api,
    type: forkPolicies,
    fieldSelector,
    store: seen,
    // The wall clock: a machine that slept has an old policy. A step of the clock makes it too old until the next word.
    clock: { ...systemClock, now },
    onProblem: ({ during, error, retryInMs }) =>
      log.warn({ err: error, during, retryInMs }, 'the API server does not tell of policies'),
  });
  const confirmedAt = () => reflector.lastConfirmedAt ?? Number.NEGATIVE_INFINITY;
  const proof = proveCurrent({
    api,
    fieldSelector,
    followedTo: () => reflector.resourceVersion,
    store,
    now,
  });
  store.confirmBy(() => Math.max(confirmedAt(), proof.at));
  reflector.start();
  let followedTo: string | undefined;
  return {
    applied: reflector.synced,
    get resourceVersion() {
      // while all is listed anew, what was followed so far is in force
      followedTo = reflector.resourceVersion ?? followedTo;
      return followedTo;
    },
    malformed: policies.malformed,
    get counters() {
      return reflector.counters;
    },
    async close() {
      proof.stop();
      await reflector.stop();
    },
  };
};

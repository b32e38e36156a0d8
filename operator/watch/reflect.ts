import {
  type KubeApi,
  type KubeObject,
  Reflector,
  type ReflectorOptions,
  type ResourceType,
  type Store,
} from 'kube-runtime';
import * as resources from './resources.ts';
import { shareAlike } from './share-alike.ts';
import type { Stores } from './stores.ts';

/** A reflector for each store. MediaNodes count where sidecars may write them, in the operator's own namespace. */
export const createReflectors = (
  api: KubeApi,
  stores: Stores,
  namespace: string,
  onProblem: (kind: string, error: unknown) => void,
) => {
  const reflect = <T extends KubeObject>(
    type: ResourceType<T>,
    store: Store<T>,
    special: Pick<ReflectorOptions<T>, 'namespace' | 'transform'> = {},
  ) => ({
    kind: type.kind,
    reflector: new Reflector<T>({
      api,
      type,
      store,
      ...special,
      onProblem: (error) => onProblem(type.kind, error),
    }),
  });
  return [
    reflect(resources.companies, stores.companies),
    reflect(resources.profiles, stores.profiles),
    reflect(resources.users, stores.users, { transform: shareAlike }),
    reflect(resources.entitlements, stores.entitlements),
    reflect(resources.forkPolicies, stores.policies),
    reflect(resources.mediaNodes, stores.nodes, { namespace }),
  ] as const;
};

export type Reflectors = ReturnType<typeof createReflectors>;

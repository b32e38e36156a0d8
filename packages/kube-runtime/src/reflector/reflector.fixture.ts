import type { KubeObject } from '../api/kube-object.ts';
import { defineResource } from '../api/resource-type.ts';
import { FakeClock } from '../fake-clock.fixture.ts';
import { Store, type StoreChange } from '../store.ts';
import { ModelServer } from './model-server.fixture.ts';
import { Reflector } from './reflector.ts';
import type { ReflectorProblem } from './reflector-options.ts';

export const configMaps = defineResource<KubeObject>({
  group: '',
  version: 'v1',
  kind: 'ConfigMap',
  plural: 'configmaps',
  namespaced: true,
});

/** A reflector of a model of an API server, under a clock that moves when told to. */
export const reflecting = () => {
  const server = new ModelServer();
  const clock = new FakeClock();
  const problems: ReflectorProblem[] = [];
  const changes: StoreChange<KubeObject>[] = [];
  const store = new Store<KubeObject>({
    onSubscriberError: (error) => {
      throw error;
    },
  });
  store.subscribe((change) => changes.push(change));
  const reflector = new Reflector({
    api: server.api,
    type: configMaps,
    store,
    clock,
    random: () => 0.5,
    onProblem: (problem) => problems.push(problem),
  });
  return { server, clock, problems, changes, store, reflector };
};

/** What was told of each key, as `name@version`, or `-name` for a key that went. */
export const told = (changes: readonly StoreChange<KubeObject>[]): readonly string[] =>
  changes.map(({ key, after }) => {
    const name = key.slice('acme/'.length);
    return after ? `${name}@${after.metadata.resourceVersion}` : `-${name}`;
  });

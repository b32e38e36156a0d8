import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { KubeObject } from './api/kube-object.ts';
import { Store, type StoreChange } from './store.ts';

const object = (
  name: string,
  resourceVersion: string,
  labels: Record<string, string> = {},
  uid = name,
): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { namespace: 'acme', name, uid, resourceVersion, labels },
});

const byColour = ({ metadata }: KubeObject) => metadata.labels?.['colour']?.split('-') ?? [];

const setUp = () => {
  const errors: unknown[] = [];
  const store = new Store<KubeObject>({
    indexes: { colour: byColour },
    onSubscriberError: (error) => errors.push(error),
  });
  const changes: StoreChange<KubeObject>[] = [];
  store.subscribe((change) => changes.push(change));
  return { store, changes, errors };
};

test('an object is told as new, changed and gone, each state once', () => {
  const { store, changes } = setUp();
  const [first, second] = [object('a', '1'), object('a', '2')];
  store.set(first);
  store.set(object('a', '1'));
  store.set(second);
  store.delete('acme/a');
  store.delete('acme/a');
  expect(changes).toEqual([
    { key: 'acme/a', before: undefined, after: first },
    { key: 'acme/a', before: first, after: second },
    { key: 'acme/a', before: second },
  ]);
});

test('another object of the same name is told even with the same resourceVersion', () => {
  const { store, changes } = setUp();
  store.set(object('a', '1', {}, 'old'));
  store.set(object('a', '1', {}, 'new'));
  expect(changes.at(-1)).toMatchObject({
    before: { metadata: { uid: 'old' } },
    after: { metadata: { uid: 'new' } },
  });
});

test('what is not among all there is, is gone; what has not changed is not told again', () => {
  const { store, changes } = setUp();
  store.replaceAll([object('a', '1'), object('b', '2')]);
  changes.length = 0;
  store.replaceAll([object('b', '2'), object('c', '3')]);
  expect(changes.map(({ key, before, after }) => [key, !!before, !!after])).toEqual([
    ['acme/c', false, true],
    ['acme/a', true, false],
  ]);
});

test('managedFields are not kept', () => {
  const { store } = setUp();
  const given = object('a', '1');
  store.set({ ...given, metadata: { ...given.metadata, managedFields: [{}] } as KubeObject['metadata'] });
  expect(store.get('acme/a')).toEqual(given);
});

test('a subscriber that throws neither stops the others nor the store', () => {
  const { store, changes, errors } = setUp();
  const fault = new Error('subscriber');
  const leave = store.subscribe(() => {
    throw fault;
  });
  store.subscribe((change) => changes.push(change));
  store.set(object('a', '1'));
  leave();
  store.set(object('a', '2'));
  expect(errors).toEqual([fault]);
  expect(changes).toHaveLength(4);
});

test('an index that was not asked for is refused', () => {
  expect(() => setUp().store.by('size', 'big')).toThrow(/no index "size"/);
});

test('whatever happens, store, indexes and what was told agree with a plain map', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd');
  const colour = fc.constantFrom('red', 'green', 'red-green', '');
  const step = fc.oneof(
    fc.record({ kind: fc.constant('set' as const), name, colour }),
    fc.record({ kind: fc.constant('delete' as const), name }),
    fc.record({ kind: fc.constant('replace' as const), all: fc.dictionary(name, colour) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const { store, changes } = setUp();
      const model = new Map<string, KubeObject>();
      let version = 0;
      const made = (of: string, is: string) => object(of, `${++version}`, { colour: is });
      for (const each of steps) {
        if (each.kind === 'delete') {
          model.delete(`acme/${each.name}`);
          store.delete(`acme/${each.name}`);
        } else if (each.kind === 'set') {
          const next = made(each.name, each.colour);
          model.set(`acme/${each.name}`, next);
          store.set(next);
        } else {
          const all = Object.entries(each.all).map(([of, is]) => made(of, is));
          model.clear();
          for (const next of all) model.set(`acme/${next.metadata.name}`, next);
          store.replaceAll(all);
        }
      }
      const told = new Map<string, KubeObject>();
      for (const { key, before, after } of changes) {
        expect(told.get(key)).toBe(before);
        if (after) told.set(key, after);
        else told.delete(key);
      }
      expect(told).toEqual(model);
      expect(new Map(store.keys().map((key) => [key, store.get(key)]))).toEqual(model);
      for (const value of ['red', 'green'])
        expect(new Set(store.by('colour', value))).toEqual(
          new Set([...model.values()].filter((each) => byColour(each).includes(value))),
        );
    }),
  );
});

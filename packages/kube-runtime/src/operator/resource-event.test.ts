import { expect, it } from 'vitest';
import { ResourceMetaImpl } from './resource-event.ts';

const object = {
  apiVersion: 'example.com/v1',
  kind: 'Widget',
  metadata: { name: 'w', namespace: 'default', resourceVersion: '7' },
};

it('names an object as @dot-i/k8s-operator does', () => {
  expect(ResourceMetaImpl.createWithPlural('widgets', object)).toEqual({
    id: 'widgets.example.com/v1',
    name: 'w',
    namespace: 'default',
    resourceVersion: '7',
    apiVersion: 'example.com/v1',
    kind: 'Widget',
  });
});

it('takes no object without the fields that all have', () => {
  expect(() => ResourceMetaImpl.createWithId('x', { ...object, metadata: { name: 'w' } })).toThrow(
    'resourceVersion',
  );
});

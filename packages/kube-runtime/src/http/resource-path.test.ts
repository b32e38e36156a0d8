import { expect, test } from 'vitest';
import type { KubeObject } from '../api/kube-object.ts';
import { defineResource } from '../api/resource-type.ts';
import { collectionPath, objectPath, withQuery } from './resource-path.ts';

const widgets = defineResource<KubeObject>({
  group: 'example.com',
  version: 'v1',
  kind: 'Widget',
  plural: 'widgets',
  namespaced: true,
});
const nodes = defineResource<KubeObject>({
  group: '',
  version: 'v1',
  kind: 'Node',
  plural: 'nodes',
  namespaced: false,
});

test.each([
  [collectionPath(widgets, undefined), '/apis/example.com/v1/widgets'],
  [collectionPath(widgets, 'acme'), '/apis/example.com/v1/namespaces/acme/widgets'],
  [collectionPath(nodes, undefined), '/api/v1/nodes'],
  [objectPath(nodes, { name: 'n1' }, 'status'), '/api/v1/nodes/n1/status'],
  [
    objectPath(widgets, { namespace: 'a/../b', name: 'x?y' }),
    '/apis/example.com/v1/namespaces/a%2F..%2Fb/widgets/x%3Fy',
  ],
  [
    withQuery('/x', { limit: 5, watch: true, continue: undefined, labelSelector: 'a=b,c' }),
    '/x?limit=5&watch=true&labelSelector=a%3Db%2Cc',
  ],
])('%s', (path, expected) => {
  expect(path).toBe(expected);
});

test.each([
  [{ name: 'a' }, /lives in a namespace/],
  [{ namespace: '', name: 'a' }, /lives in a namespace/],
  [{ namespace: 'acme', name: '' }, /"" is no name/],
  [{ namespace: 'acme', name: '..' }, /".." is no name/],
  [{ namespace: '..', name: 'a' }, /".." is no name/],
])('%j would be another URL than the one meant', (ref, message) => {
  expect(() => objectPath(widgets, ref)).toThrow(message);
});

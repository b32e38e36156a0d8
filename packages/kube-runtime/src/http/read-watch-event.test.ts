import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ApiError } from '../api/api-error.ts';
import { ApiUnreachable } from '../api/api-unreachable.ts';
import type { KubeObject } from '../api/kube-object.ts';
import { defineResource } from '../api/resource-type.ts';
import { readWatchEvent } from './read-watch-event.ts';

const widgets = defineResource<KubeObject>({
  group: 'example.com',
  version: 'v1',
  kind: 'Widget',
  plural: 'widgets',
  namespaced: true,
});
const metadata = { namespace: 'acme', name: 'a', uid: 'u', resourceVersion: '7' };
const read = (value: unknown) => readWatchEvent(widgets, JSON.stringify(value), 'watch widgets');

test('an object without kind and apiVersion, as in lists of built-in kinds, gets those of its type', () => {
  expect(read({ type: 'ADDED', object: { metadata } })).toEqual({
    type: 'ADDED',
    object: { apiVersion: 'example.com/v1', kind: 'Widget', metadata },
  });
});

test('a bookmark is a resourceVersion', () => {
  const object = { kind: 'Widget', metadata: { resourceVersion: '9' } };
  expect(read({ type: 'BOOKMARK', object })).toEqual({ type: 'BOOKMARK', resourceVersion: '9' });
});

test('an ERROR event is thrown with what its Status says', () => {
  const object = {
    kind: 'Status',
    code: 410,
    reason: 'Expired',
    message: 'too old',
    details: { retryAfterSeconds: 3 },
  };
  expect(() => read({ type: 'ERROR', object })).toThrow(
    expect.objectContaining({
      status: 410,
      reason: 'Expired',
      retryAfterMs: 3000,
      message: 'The API server refused to watch widgets: 410 Expired, too old.',
    }),
  );
});

test.each([
  ['no metadata', { type: 'ADDED', object: {} }],
  ['no name', { type: 'ADDED', object: { metadata: { ...metadata, name: '' } } }],
  ['a number for a uid', { type: 'MODIFIED', object: { metadata: { ...metadata, uid: 7 } } }],
  ['no namespace', { type: 'DELETED', object: { metadata: { ...metadata, namespace: undefined } } }],
  ['a bookmark of nothing', { type: 'BOOKMARK', object: { metadata: {} } }],
  ['an unknown type', { type: 'RENAMED', object: { metadata } }],
  ['a list', []],
])('%s is garbled', (_, value) => {
  expect(() => read(value)).toThrow(expect.objectContaining({ name: 'ApiUnreachable', reason: 'Garbled' }));
});

test('whatever comes, nothing else is thrown and no prototype is touched', () => {
  const value = fc.oneof(
    fc.json(),
    fc
      .record({ type: fc.constantFrom('ADDED', 'BOOKMARK', 'ERROR'), object: fc.jsonValue() })
      .map((each) => JSON.stringify(each)),
    fc.constant(
      '{"type":"ADDED","object":{"__proto__":{"polluted":1},"metadata":{"__proto__":{"polluted":1}}}}',
    ),
  );
  fc.assert(
    fc.property(value, (line) => {
      try {
        readWatchEvent(widgets, line, 'watch widgets');
      } catch (error) {
        expect(error instanceof ApiError || error instanceof ApiUnreachable).toBe(true);
      }
      expect('polluted' in {}).toBe(false);
    }),
  );
});
